import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import { SaxesParser } from 'saxes'
import { DIALECTS } from './support/databases.ts'
import { sharedData } from './support/shared-data.ts'
import { shownPage } from './support/shown-page.ts'
import { buildTestStation, type TestStation } from './support/station.ts'
import type { Answer, Visitor } from './support/visitor.ts'

/** At least so many posts stand in a feed. */
const FEED_LENGTH = 20
const NAUGHTY = sharedData('blns.json')

interface Post {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly tags: readonly string[]
  readonly [name: string]: unknown
}

/** The string as title, text and tag; what is refused by name is left out of the next attempt. */
async function postWith(alice: Visitor, text: string): Promise<Post> {
  const fields: Record<string, unknown> = {
    title: text,
    tags: [text],
    excerpt: text,
    content: { doc: documentOf(text) },
  }
  const neutral: Record<string, unknown> = {
    title: '',
    tags: [],
    excerpt: '',
    content: { markdown: 'Nothing.' },
  }
  for (let attempt = 0; attempt < 5; attempt++) {
    const answer = await alice.post('/api/v1/posts', { ...fields, status: 'published' })
    if (answer.status === 201) return answer.json<Post>()
    assert.equal(answer.status, 422, `${JSON.stringify(text)}: ${answer.text}`)
    const wrong = wrongPaths(answer).map((path) => path.split('/')[1] ?? '')
    assert.ok(wrong.length > 0, answer.text)
    for (const name of wrong) fields[name] = neutral[name]
  }
  throw new Error(`Refused without an end: ${JSON.stringify(text)}`)
}

/** What the station has reported to its operator as its own failure. */
function failuresOf({ warnings }: TestStation): string[] {
  return warnings.filter((line) => line.startsWith('error'))
}

function wrongPaths(answer: Answer): string[] {
  return answer.json<{ errors?: { path: string }[] }>().errors?.map(({ path }) => path) ?? []
}

function documentOf(text: string): object {
  const inline = text === '' ? [] : [{ type: 'text', text }]
  return { v: 1, doc: { type: 'doc', content: [{ type: 'paragraph', content: inline }] } }
}

/** Typography may exchange one kind of space for another. */
function words(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}

suite('strings that break programs', () => {
  const strings = NAUGHTY.needed.skip === undefined ? read(NAUGHTY.path) : []

  test('as title, text and tag are shown as they are', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    let shown = 0
    for (const [index, text] of strings.entries()) {
      const post = await postWith(alice, text)
      const answer = await t.stranger().get(post.url)
      assert.equal(answer.status, 200, JSON.stringify(text))
      const page = shownPage(answer.text)
      assert.deepEqual(page.active(), [], JSON.stringify(text))
      if (post.title !== '') {
        assert.equal(post.title, text)
        assert.equal(words(page.text('h1')), words(text))
        shown++
      }
      const [tag] = post.tags
      if (tag !== undefined)
        assert.ok(
          page.texts('a').some((link) => words(link).includes(words(tag))),
          tag,
        )
      /* A feed shows the newest, so that every text stands in one of those looked at. */
      if (index % FEED_LENGTH === 0) await requireFeeds(t)
    }
    await requireFeeds(t)
    assert.ok(shown > 450, `${shown} shown`)
    for (const path of ['/', '/posts', '/user/alice/blog', '/user/alice']) {
      const answer = await t.stranger().get(path)
      assert.equal(answer.status, 200)
      assert.deepEqual(shownPage(answer.text).active(), [], path)
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test('as Markdown and HTML leave nothing that runs', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const text of strings) {
      for (const kind of ['markdown', 'html']) {
        const content = { [kind]: text }
        const made = await alice.post('/api/v1/posts', { title: '', content, status: 'published' })
        assert.ok([201, 422].includes(made.status), `${kind} ${JSON.stringify(text)}: ${made.text}`)
        if (made.status !== 201) continue
        const { id } = made.json<Post>()
        const html = await alice.get(`/api/v1/posts/${id}?format=html`)
        const { content: shown } = html.json<{ content: { html: string } }>()
        assert.deepEqual(shownPage(`<main>${shown.html}</main>`).active(), [], JSON.stringify(text))
      }
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test('as a name and a text about oneself are shown as they are', NAUGHTY.needed, async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    for (const text of strings) {
      const changed = await alice.patch('/api/v1/me', { displayName: text, bio: text })
      assert.ok([200, 422].includes(changed.status), `${JSON.stringify(text)}: ${changed.text}`)
      if (changed.status !== 200) continue
      const { displayName } = changed.json<{ displayName: string }>()
      const page = shownPage((await t.stranger().get('/user/alice')).text)
      assert.equal(words(page.text('h1')), words(displayName))
      assert.deepEqual(page.active(), [], JSON.stringify(text))
    }
    assert.deepEqual(failuresOf(t), [])
  })

  test(
    'as user name, login, address and query never fail the station',
    NAUGHTY.needed,
    async () => {
      await using t = await buildTestStation({ dialect: 'sqlite' })
      const alice = await t.person('alice')
      for (const text of strings) {
        const there = encodeURIComponent(text)
        const account = { username: text, email: text, password: text, consent: true }
        const answers = [
          await t.stranger().post('/api/v1/auth/register', account),
          await t.stranger().post('/api/v1/auth/login', { login: text, password: text }),
          await t.stranger().get(`/user/${there}`),
          await t.stranger().get(`/user/alice/blog/${there}`),
          await t.stranger().get(`/user/alice/blog/tag/${there}`),
          await t.stranger().get(`/posts?cursor=${there}`),
          await alice.get(`/api/v1/posts/${there}/revisions?cursor=${there}&limit=${there}`),
          await alice.submit('/settings', { displayName: text, timeZone: text, locale: text }),
          await alice.submit('/write/new', {
            action: text,
            title: text,
            markdown: text,
            tags: text,
          }),
        ]
        for (const { status } of answers) assert.ok(status < 500, JSON.stringify(text))
      }
      assert.deepEqual(failuresOf(t), [])
    },
  )

  for (const dialect of DIALECTS) {
    test(
      `${dialect}: come back from the database as they were written`,
      NAUGHTY.needed,
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const content = strings
          .filter((text) => isPlain(text))
          .map((text) => ({
            type: 'paragraph',
            content: [{ type: 'text', text }],
          }))
        assert.ok(content.length > 450)
        const doc = { v: 1, doc: { type: 'doc', content } }
        const made = await alice.post('/api/v1/posts', { title: '', content: { doc } })
        assert.equal(made.status, 201, made.text)
        const kept = await alice.get(`/api/v1/posts/${made.json<Post>().id}`)
        const back = kept.json<{ content: { doc: { doc: { content: typeof content } } } }>()
        const texts = back.content.doc.doc.content.map((block) => block.content[0]?.text)
        assert.deepEqual(
          texts,
          content.map((block) => block.content[0]?.text),
        )
      },
    )
  }
})

async function requireFeeds(t: TestStation): Promise<void> {
  for (const path of ['/feed.xml', '/atom.xml', '/sitemap-posts.xml']) {
    const { text } = await t.stranger().get(path)
    assert.doesNotThrow(() => new SaxesParser({ xmlns: true }).write(text).close(), path)
  }
  const { text } = await t.stranger().get('/feed.json')
  assert.equal(typeof (JSON.parse(text) as { version?: unknown }).version, 'string')
}

function read(path: string): string[] {
  return JSON.parse(readFileSync(path, 'utf8')) as string[]
}

function isPlain(text: string): boolean {
  return text.trim() !== '' && !/[\p{Cc}\u2028\u2029\ufffe\uffff]/u.test(text)
}
