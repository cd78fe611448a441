import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import sharp from 'sharp'
import { DataFolder } from '../../test/support/data-folder.ts'
import { marksIn } from '../../test/support/planted-marks.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { ask, newCid, openWith, send } from '../../test/support/messenger.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'

/** One in each place where the station keeps something of a person. */
const MARKS = {
  name: 'Xylophone-Name',
  bio: 'Xylophone-Bio',
  post: 'Xylophone-Post',
  draft: 'Xylophone-Draft',
  revision: 'Xylophone-Revision',
  tag: 'Xylophone-Tag',
  slug: 'xylophone-slug',
  comment: 'Xylophone-Comment',
  report: 'Xylophone-Report',
  alt: 'Xylophone-Alt',
  exif: 'Xylophone-Exif',
  session: 'Xylophone-Agent',
  letter: 'marie@example.org',
  account: 'marie',
  message: 'Xylophone-Message',
  earlier: 'Xylophone-Earlier',
  file: 'Xylophone-File',
  unsent: 'Xylophone-Unsent',
  group: 'Xylophone-Group',
  passedOn: 'Xylophone-Passed',
  quoted: 'Xylophone-Quoted',
  alone: 'Xylophone-Alone',
  reaction: '🪗',
} as const

function picture(): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: '#335577' } })
    .jpeg()
    .withExif({ IFD0: { Make: MARKS.exif } })
    .toBuffer()
}

async function inhabit(t: TestStation): Promise<Visitor> {
  const marie = await t.person(MARKS.account)
  await marie.patch('/api/v1/me', { bio: MARKS.bio, displayName: MARKS.name })
  await marie.ask('POST', '/api/v1/auth/login', {
    json: { login: MARKS.account, password: passwordOf(MARKS.account) },
    headers: { 'user-agent': MARKS.session },
  })
  const upload = { bytes: await picture(), fields: { alt: MARKS.alt } }
  const { url } = (await marie.upload('/api/v1/media', upload)).json<{ url: string }>()
  const made = await marie.post('/api/v1/posts', {
    title: MARKS.post,
    slug: MARKS.slug,
    content: { markdown: `${MARKS.revision} ![${MARKS.alt}](${url})` },
    tags: [MARKS.tag],
    status: 'published',
  })
  assert.equal(made.status, 201, made.text)
  const { id, rev } = made.json<{ id: string; rev: number }>()
  await marie.patch(`/api/v1/posts/${id}`, { baseRev: rev, title: `${MARKS.post} again` })
  await marie.post('/api/v1/posts', {
    title: MARKS.draft,
    content: { markdown: `${MARKS.draft} `.repeat(500) },
  })
  const report = { subject: `post/${id}`, path: '/posts', reason: 'spam', text: MARKS.report }
  assert.equal((await marie.post('/api/v1/reports', report)).status, 201)
  const bob = await comment(t, marie)
  await talk(marie, bob)
  await marie.delete('/api/v1/me', { password: passwordOf(MARKS.account) })
  const login = { login: MARKS.account, password: passwordOf(MARKS.account) }
  await marie.post('/api/v1/auth/login', login)
  await t.settle()
  return marie
}

/** As the import writes them; nobody can comment by hand yet. */
async function comment(t: TestStation, { id }: Visitor): Promise<Visitor> {
  const bob = await t.person('bob')
  const post = { title: 'Of another', content: { markdown: 'Stays.' }, status: 'published' }
  const other = (await bob.post('/api/v1/posts', post)).json<{ id: string }>()
  await t.station.database.transaction(({ session }) =>
    session.run(
      `insert into blog_comments (id, post_id, kind, status, author_id, author_name, doc, html,
         renderer, created_at) values ('c', ?, 'comment', 'approved', ?, ?, ?, '', 1, ?)`,
      [other.id, id, MARKS.name, `{"text":"${MARKS.comment}"}`, t.clock.now().toISOString()],
    ),
  )
  return bob
}

/** What two people leave behind in each other's chats. */
async function talk(marie: Visitor, bob: Visitor): Promise<void> {
  const { id: chat } = await openWith(marie, 'bob')
  const { id: savedOfBob } = await openWith(bob, 'bob')
  const form = { bytes: Buffer.from('words'), name: `${MARKS.file}.txt`, type: 'text/plain' }
  const sent = await marie.upload(`/api/v1/chats/${chat}/media`, form)
  const mediaIds = [sent.json<{ id: string }>().id]
  const edited = await send(marie, chat, MARKS.earlier, { mediaIds })
  await ask(marie, 'msg.edit', { chat, seq: edited.seq, text: MARKS.message })
  const quoted = await send(marie, chat, `so ${MARKS.quoted}`)
  const quote = { text: MARKS.quoted, offset: 3 }
  await send(bob, chat, 'indeed', { reply: { seq: quoted.seq, quote } })
  const passedOn = await send(marie, chat, MARKS.passedOn)
  const from = { chat, seqs: [edited.seq, passedOn.seq] }
  await ask(bob, 'msg.forward', { chat: savedOfBob, cids: [newCid(), newCid()], from })
  const kept = await send(bob, chat, 'hear this')
  await ask(marie, 'msg.react', { chat, seq: kept.seq, emoji: MARKS.reaction })
  const draft = { text: MARKS.unsent, entities: [], replySeq: null }
  await ask(marie, 'chats.draft', { chat, draft, ver: 0 })
  await ask(marie, 'chats.create', { type: 'group', title: MARKS.group, members: [] })
  await send(marie, (await openWith(marie, 'marie')).id, MARKS.alone)
}

async function archiveOf(marie: Visitor, t: TestStation): Promise<string> {
  const { id } = (await marie.post('/api/v1/me/export')).json<{ id: string }>()
  await t.settle()
  const answer = await marie.get(`/api/v1/me/export/${id}`)
  assert.equal(answer.status, 200, answer.text)
  const files = Object.entries(unzipSync(answer.bytes))
  return files.map(([path, bytes]) => `${path}\n${strFromU8(bytes)}`).join('\n')
}

suite('a person with a mark wherever something is kept', () => {
  test('gets every mark in their archive, and leaves no byte of one behind', async () => {
    using data = new DataFolder()
    {
      await using t = await buildTestStation({ dialect: 'sqlite', dataDir: data.dir })
      const marie = await inhabit(t)
      const archive = await archiveOf(marie, t)
      for (const [place, mark] of Object.entries(MARKS)) {
        assert.ok(archive.includes(mark), `${place} is not in the archive`)
      }
      const pages = ['/', '/posts', '/feed.xml', '/user/marie', '/user/marie/blog']
      for (const page of pages) await t.stranger().get(page)
      const found = new Set(
        marksIn(data.dir, Object.values(MARKS)).map((line) => line.split(': ')[1]),
      )
      assert.deepEqual(
        Object.values(MARKS).filter((mark) => !found.has(mark)),
        [],
      )
      await t.station.privacy.erasures.eraseNow(marie.id, 'delete', 'asked for')
      await t.settle()
      assert.deepEqual(marksIn(data.dir, Object.values(MARKS)), [])
      for (const page of pages) {
        const { text } = await t.stranger().get(page)
        assert.doesNotMatch(text, /Xylophone|marie@/i, page)
      }
      assert.match((await t.stranger().get('/posts')).text, /Of another/)
      assert.deepEqual(t.warnings, [])
    }
    assert.deepEqual(marksIn(data.dir, Object.values(MARKS)), [])
  })
})
