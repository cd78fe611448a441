import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { renderToString } from 'preact-render-to-string'
import { ICON_NAMES } from './icon-names.ts'
import {
  Avatar,
  Button,
  Chip,
  Field,
  FreshPosts,
  Icon,
  initialsOf,
  Notice,
  Pagination,
  type PostSummary,
} from './index.ts'

const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
const t = (key: string): string => key

test('what a person wrote is shown literally, in text and in attributes', () => {
  const hostile: PostSummary = {
    href: '/x',
    title: HOSTILE,
    excerpt: HOSTILE,
    author: { name: HOSTILE, username: HOSTILE, href: `/user/${HOSTILE}` },
    publishedAt: '2026-11-12T10:00:00Z',
    minutes: 3,
    image: { src: HOSTILE, width: 1, height: 1, alt: HOSTILE },
  }
  const shown = renderToString(
    <>
      <FreshPosts t={t} locale="ru" posts={[hostile]} timeZone="UTC" />
      <Field name="a" label={HOSTILE} value={HOSTILE} help={HOSTILE} error={HOSTILE} />
      <Chip href={HOSTILE}>{HOSTILE}</Chip>
      <Notice kind="warn" title={HOSTILE}>
        {HOSTILE}
      </Notice>
    </>,
  )
  assert.doesNotMatch(shown, /<script|<img src=x/)
  assert.match(shown, /&lt;script>/)
})

test('a wrong field keeps its value and is described by its error before its help', () => {
  const shown = renderToString(
    <Field
      name="email"
      label="Почта"
      value="anna@"
      help="Не видна никому"
      error="Нет имени сервера"
    />,
  )
  assert.match(shown, /value="anna@"/)
  assert.match(shown, /aria-invalid="true"/)
  assert.match(shown, /aria-describedby="field-email-error field-email-help"/)
  assert.match(shown, /id="field-email-error"[^>]*><svg/)
})

test('a field in order says nothing about errors', () => {
  const shown = renderToString(<Field name="email" label="Почта" />)
  assert.doesNotMatch(shown, /aria-invalid|aria-describedby|field-error/)
})

test('a portrait without a picture shows initials in the same colour everywhere', () => {
  const [first, second] = [40, 72].map((size) =>
    renderToString(<Avatar name="Анна Вересова" username="anna" size={size as 40 | 72} />),
  )
  assert.match(first ?? '', />АВ</)
  const hue = /hue-\d+/
  assert.equal(hue.exec(first ?? '')?.[0], hue.exec(second ?? '')?.[0])
  assert.notEqual(
    hue.exec(renderToString(<Avatar name="Лев" username="lev" />))?.[0],
    hue.exec(first ?? '')?.[0],
  )
})

test('initials never cut a letter in half', () => {
  assert.equal(initialsOf('  анна   вересова третья '), 'АВ')
  assert.equal(initialsOf('👩‍🚀 Нова'), '👩‍🚀Н')
  assert.equal(initialsOf('й'.normalize('NFD')), 'Й'.normalize('NFD'))
  assert.equal(initialsOf(''), '')
})

test('each icon has its drawing', () => {
  for (const name of ICON_NAMES) {
    assert.match(
      renderToString(<Icon name={name} />),
      /<svg[^>]*><(path|circle|rect|line|ellipse)/,
      name,
    )
  }
})

test('an icon is silent beside a word and speaks alone', () => {
  assert.match(renderToString(<Icon name="home" />), /aria-hidden="true"/)
  assert.match(renderToString(<Icon name="home" label="Домой" />), /role="img" aria-label="Домой"/)
})

test('a button with an icon only has a spoken name', () => {
  const shown = renderToString(<Button icon="x" label="Закрыть" type="button" />)
  assert.match(shown, /aria-label="Закрыть"/)
  assert.match(shown, /button-icon/)
})

test('there is nothing to press when nothing is left', () => {
  assert.equal(renderToString(<Pagination href={undefined} label="Ещё" />), '')
})

test('fewer than four posts leave one large and an invitation', () => {
  assert.match(freshPosts(3), /landing\.quiet/)
  assert.doesNotMatch(freshPosts(3), /post-1/)
  assert.doesNotMatch(freshPosts(5), /landing\.quiet|post-4/)
  assert.match(freshPosts(5), /post-3/)
})

function post(href: string): PostSummary {
  return {
    href,
    title: href,
    author: { name: 'Анна', username: 'anna', href: '/user/anna' },
    publishedAt: '2026-11-12T10:00:00Z',
    minutes: 3,
  }
}

function freshPosts(count: number): string {
  const posts = Array.from({ length: count }, (_, index) => post(`/post-${index}`))
  return renderToString(<FreshPosts t={t} locale="ru" timeZone="UTC" posts={posts} />)
}
