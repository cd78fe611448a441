import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DataFolder } from '../../../test/support/data-folder.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { marksIn } from '../../../test/support/planted-marks.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../../test/support/visitor.ts'

const NAME = 'marie'
const MARKS = [
  'Xylophone-Bio',
  'Xylophone-Name',
  'Xylophone-Post',
  'Xylophone-Draft',
  'xylophone-slug',
  'Xylophone-Revision',
  'Xylophone-Tag',
  'Xylophone-Comment',
  'Xylophone-Agent',
  'marie@example.org',
  'marie',
] as const

/** A person who has left a mark wherever the station keeps something. */
async function inhabit(t: TestStation): Promise<Visitor> {
  const marie = await t.person(NAME)
  await marie.patch('/api/v1/me', { bio: 'Xylophone-Bio', displayName: 'Xylophone-Name' })
  await marie.ask('POST', '/api/v1/auth/login', {
    json: { login: NAME, password: passwordOf(NAME) },
    headers: { 'user-agent': 'Xylophone-Agent' },
  })
  const published = await marie.post('/api/v1/posts', {
    title: 'Xylophone-Post',
    slug: 'xylophone-slug',
    content: { markdown: 'Xylophone-Revision '.repeat(200) },
    tags: ['Xylophone-Tag'],
    status: 'published',
  })
  assert.equal(published.status, 201, published.text)
  const { id, rev } = published.json<{ id: string; rev: number }>()
  await marie.patch(`/api/v1/posts/${id}`, { baseRev: rev, content: { markdown: 'Later.' } })
  await marie.post('/api/v1/posts', {
    title: 'Xylophone-Draft',
    content: { markdown: 'Xylophone-Draft '.repeat(500) },
  })
  const bob = await t.person('bob')
  const other = await bob.post('/api/v1/posts', {
    title: 'Of another',
    content: { markdown: 'Stays.' },
    status: 'published',
  })
  await t.station.database.transaction(({ session }) =>
    session.run(
      `insert into blog_comments (id, post_id, kind, status, author_id, author_name, doc, html,
         renderer, created_at) values (?, ?, 'comment', 'approved', ?, ?, ?, ?, 1, ?)`,
      [
        'comment-1',
        other.json<{ id: string }>().id,
        marie.id,
        'Xylophone-Name',
        '{"text":"Xylophone-Comment"}',
        '<p>Xylophone-Comment</p>',
        t.clock.now().toISOString(),
      ],
    ),
  )
  await marie.get(`/user/${NAME}`)
  await t.stranger().get(`/user/${NAME}/blog`)
  await t.settle()
  return marie
}

async function everyRow(t: TestStation): Promise<string> {
  const { reader, dialect } = t.station.database
  const tables = await reader.all(
    dialect === 'sqlite'
      ? `select name from sqlite_master where type = 'table'`
      : `select table_name as name from information_schema.tables
         where table_schema = current_schema()`,
  )
  const rows = await Promise.all(
    tables.map(async ({ name }) => reader.all(`select * from "${String(name)}"`)),
  )
  return JSON.stringify(rows, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString() : value,
  )
}

for (const dialect of DIALECTS) {
  suite(`a person who wants to go, on ${dialect}`, () => {
    test('is gone from every table thirty days later, and nobody else is', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await inhabit(t)
      const before = await everyRow(t)
      for (const mark of MARKS) assert.ok(before.includes(mark), mark)
      await t.station.privacy.erasures.request(marie.id, 'delete', 'asked for')
      assert.equal((await marie.get('/api/v1/me')).status, 401)
      t.clock.advance({ hours: 24 * 29 })
      assert.equal(await t.station.privacy.erasures.fulfil(), 0)
      t.clock.advance({ hours: 25 })
      assert.equal(await t.station.privacy.erasures.fulfil(), 1)
      const after = await everyRow(t)
      for (const mark of MARKS) assert.ok(!after.includes(mark), mark)
      assert.ok(after.includes('Of another') && after.includes('bob@example.org'))
      await t.settle()
      const gone = await t.stranger().get(`/user/${NAME}`)
      assert.equal(gone.status, 404)
      assert.equal((await t.stranger().get(`/user/${NAME}/blog`)).status, 404)
      assert.equal(await t.station.privacy.erasures.fulfil(), 0)
      assert.deepEqual(t.warnings, [])
      const event = t.events.find(({ type }) => type === 'user.deleted')
      assert.deepEqual(event?.data, { id: marie.id, content: 'delete' })
    })

    test('may leave the public texts under the name of nobody', async () => {
      await using t = await buildTestStation({ dialect })
      const marie = await inhabit(t)
      await t.station.privacy.erasures.eraseNow(marie.id, 'anonymise', 'asked for')
      const after = await everyRow(t)
      for (const mark of ['Xylophone-Name', 'Xylophone-Draft', 'Xylophone-Revision', 'marie']) {
        assert.ok(!after.includes(mark), mark)
      }
      const tombstone = `deleted-${marie.id.replaceAll('-', '').slice(-12)}`
      const page = await t.stranger().get(`/user/${tombstone}/blog/xylophone-slug`)
      assert.equal(page.status, 200)
      assert.match(page.text, /Xylophone-Post/)
      assert.doesNotMatch(page.text, /Xylophone-Name|marie/)
    })
  })
}

suite('the wish to go', () => {
  test('is withdrawn by signing in again', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const marie = await t.person(NAME)
    await t.station.privacy.erasures.request(marie.id, 'delete', 'asked for')
    t.clock.advance({ hours: 24 * 20 })
    const back = await t
      .stranger()
      .post('/api/v1/auth/login', { login: NAME, password: passwordOf(NAME) })
    assert.equal(back.status, 200, back.text)
    t.clock.advance({ hours: 24 * 20 })
    assert.equal(await t.station.privacy.erasures.fulfil(), 0)
    assert.equal((await t.station.privacy.erasures.last(marie.id))?.state, 'cancelled')
  })

  test('is one wish, however often it is said at once', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const marie = await t.person(NAME)
    const { erasures } = t.station.privacy
    const dates = await Promise.all(
      Array.from({ length: 20 }, () => erasures.request(marie.id, 'delete', 'asked for')),
    )
    assert.equal(new Set(dates).size, 1)
    const rows = await t.station.database.reader.all('select id from erasure_requests')
    assert.equal(rows.length, 1)
  })

  test('waits while its person has been made an owner meanwhile', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const marie = await t.person(NAME)
    const { erasures } = t.station.privacy
    await erasures.request(marie.id, 'delete', 'their wish')
    const became = (role: string) =>
      t.station.database.transaction(({ session }) =>
        session.run('update identities set role = ? where id = ?', [role, marie.id]),
      )
    await became('owner')
    t.clock.advance({ hours: 24 * 31 })
    assert.equal(await erasures.fulfil(), 0)
    const [wish] = await erasures.waiting()
    assert.ok(wish)
    assert.equal(await erasures.decide(wish.id, 'fulfil'), undefined)
    await became('member')
    assert.equal(await erasures.fulfil(), 1)
  })

  test('is refused to the owner, without whom there is no station', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const email = 'owner@example.org'
    const owner = { username: 'the-owner', email, password: passwordOf('the-owner'), role: 'owner' }
    const { id } = (await t.station.calls.call('users.create', owner)) as { id: string }
    const wish = t.station.privacy.erasures.request(id, 'delete', 'asked for')
    await assert.rejects(wish, { code: 'QL_PRIVACY_OWNER_STAYS' })
  })
})

suite('what an erasure leaves behind', () => {
  test('no byte in any file, an act of destruction, and a line in the ledger', async () => {
    using data = new DataFolder()
    {
      await using t = await buildTestStation({ dialect: 'sqlite', dataDir: data.dir })
      const marie = await inhabit(t)
      assert.ok(marksIn(data.dir, ['Xylophone-Draft']).length > 0)
      await t.station.privacy.erasures.eraseNow(marie.id, 'delete', 'asked for')
      assert.deepEqual(marksIn(data.dir, MARKS), [])
      const [act = ''] = readdirSync(join(data.dir, 'acts'))
      const written = JSON.parse(readFileSync(join(data.dir, 'acts', act), 'utf8')) as {
        categories: Record<string, Record<string, number>>
        log: unknown[]
      }
      assert.equal(written.categories['blog']?.['posts'], 2)
      assert.equal(written.categories['auth']?.['accounts'], 1)
      assert.ok(written.log.length > 4)
      assert.deepEqual(
        t.station.privacy.ledger.entries.map(({ userId }) => userId),
        [marie.id],
      )
    }
    assert.deepEqual(marksIn(data.dir, MARKS), [])
  })
})
