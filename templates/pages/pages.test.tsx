import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import type { Locale } from '../translate.ts'
import { type ApiOperation, ApiDocsPage } from './api-docs.tsx'
import { ErrorPage } from './error.tsx'
import { LandingPage, type LandingProps } from './landing.tsx'

/** Answers only for keys that exist, so that a missing text fails here. */
function speech(locale: Locale): (key: string) => string {
  const file = new URL(`../locales/${locale}.json`, import.meta.url)
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  return (key) => {
    const text = texts[key]
    assert.ok(text, `no text ${key}`)
    return text
  }
}

const EMPTY: LandingProps = {
  t: speech('ru'),
  locale: 'ru',
  stationName: 'Онего',
  flavour: 'up',
  path: '/',
  timeZone: 'UTC',
  registration: 'open',
  fresh: [],
  people: [],
}

test('an empty station welcomes and shows no empty places', () => {
  const shown = renderToString(<LandingPage {...EMPTY} />)
  assert.match(shown, /Добро пожаловать/)
  assert.match(shown, /Здесь пока тихо/)
  assert.doesNotMatch(shown, /Кто здесь пишет|Все записи/)
})

test('a closed station invites nobody to register', () => {
  const shown = renderToString(<LandingPage {...EMPTY} registration="closed" />)
  assert.doesNotMatch(shown, /\/auth\/register/)
  assert.match(shown, /\/auth\/login/)
})

test('a resident sees what is new, without the invitation', () => {
  const shown = renderToString(
    <LandingPage
      {...EMPTY}
      viewer={{ displayName: 'Анна' }}
      writeHref="/write"
      fresh={['<p id="from-a-module">1</p>']}
    />,
  )
  assert.match(shown, /href="\/write"/)
  assert.match(shown, /<p id="from-a-module">1<\/p>/)
  assert.doesNotMatch(shown, /auth\/register|class="hero"/)
})

test('each failure says what happened and what is kept, in both languages', () => {
  for (const locale of ['ru', 'en'] as const) {
    for (const status of [400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 502, 503]) {
      const shown = renderToString(
        <ErrorPage t={speech(locale)} locale={locale} status={status} path="/a" signedIn={false} />,
      )
      assert.match(shown, /<h1>.+<\/h1>/)
      assert.match(shown, /class="failure-kept">.+<\/p>/)
      assert.match(shown, /href="\/"/)
    }
  }
})

test('a failure offers the way out that fits it', () => {
  assert.match(failure(403, false), /href="\/auth\/login\?return=%2Fwrite%3Fdraft%3D1"/)
  assert.doesNotMatch(failure(403, true), /auth\/login/)
  assert.match(failure(500, true), /href="\/write\?draft=1"/)
  assert.match(failure(500, true), /<code>req-1<\/code>/)
})

test('the API page lists each call with its parameters, body and answers', () => {
  const operation: ApiOperation = {
    id: 'updatePost',
    method: 'PATCH',
    path: '/api/v1/posts/{id}',
    summary: 'Changes a <b>post</b>',
    parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
    body: { contentType: 'application/json', schema: '{ "type": "object" }' },
    responses: [{ status: '409', description: 'Someone was quicker' }],
  }
  const shown = renderToString(
    <ApiDocsPage
      t={speech('en')}
      locale="en"
      title="API"
      version="1"
      specHref="/api/openapi.json"
      groups={[{ name: 'posts', operations: [operation] }]}
    />,
  )
  assert.match(shown, /<details class="api-operation" id="updatepost">/)
  assert.match(shown, /href="#posts"/)
  for (const part of [
    '/api/v1/posts/{id}',
    '&quot;object&quot;',
    'Someone was quicker',
    '<code>id</code>',
  ]) {
    assert.ok(shown.includes(part), part)
  }
  assert.doesNotMatch(shown, /<b>/)
})

function failure(status: number, signedIn: boolean): string {
  return renderToString(
    <ErrorPage
      t={speech('en')}
      locale="en"
      status={status}
      path="/write?draft=1"
      signedIn={signedIn}
      requestId="req-1"
    />,
  )
}
