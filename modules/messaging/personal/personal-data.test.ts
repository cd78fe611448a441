import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { strFromU8, unzipSync } from 'fflate'
import { DIALECTS, type DialectName } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  chatsOf,
  groupOf,
  historyOf,
  newCid,
  openWith,
  refused,
  send,
  type TestChat,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface World {
  readonly t: TestStation
  readonly marie: Visitor
  readonly bob: Visitor
  readonly carol: Visitor
}

async function world(dialect: DialectName, work: (world: World) => Promise<void>): Promise<void> {
  await using t = await buildTestStation({ dialect })
  const [marie, bob, carol] = [
    await t.person('marie'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  await work({ t, marie, bob, carol })
  assert.deepEqual(t.warnings, [])
}

async function erase(t: TestStation, { id }: Visitor, content: 'delete' | 'anonymise') {
  await t.settle()
  await t.station.privacy.erasures.eraseNow(id, content, 'asked for')
  await t.settle()
}

async function forward(who: Visitor, from: TestMessage, to: TestChat): Promise<TestMessage> {
  const order = { chat: to.id, cids: [newCid()], from: { chat: from.chat, seqs: [from.seq] } }
  const { items } = await ask<{ items: { m: TestMessage }[] }>(who, 'msg.forward', order)
  return (items[0] as { m: TestMessage }).m
}

async function news(marie: Visitor, slug?: string): Promise<string> {
  const order = { type: 'channel', title: 'News', slug, members: ['bob', 'carol'] }
  const { chat } = await ask<{ chat: TestChat }>(marie, 'chats.create', order)
  return chat.id
}

async function fileOf(who: Visitor, chat: string, name: string): Promise<string> {
  const form = { bytes: Buffer.from('words'), name, type: 'text/plain' }
  const answer = await who.upload(`/api/v1/chats/${chat}/media`, form)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<{ id: string }>().id
}

async function messageAt(who: Visitor, { chat, seq }: TestMessage): Promise<TestMessage> {
  const found = (await historyOf(who, chat)).find((each) => each.seq === seq)
  assert.ok(found, `${chat}/${seq} is not in the history`)
  return found
}

async function saved(who: Visitor): Promise<TestChat> {
  return openWith(who, who.username)
}

/** What stands in all tables of the module. */
async function kept(t: TestStation): Promise<string> {
  const { reader, dialect } = t.station.database
  const tables = await reader.all(
    dialect === 'sqlite'
      ? `select name from sqlite_master where type = 'table' and name like 'messaging_%'`
      : `select table_name as name from information_schema.tables
         where table_schema = current_schema() and table_name like 'messaging_%'`,
  )
  assert.ok(tables.length > 15)
  const rows = await Promise.all(
    tables.map(async ({ name }) => reader.all(`select * from "${String(name)}"`)),
  )
  return JSON.stringify(rows)
}

for (const dialect of DIALECTS) {
  suite(`messages of somebody who goes and takes their words along, on ${dialect}`, () => {
    test('are gone from every forward, which says that the account is gone', () =>
      world(dialect, async ({ t, marie, bob, carol }) => {
        const { id } = await openWith(marie, 'bob')
        const talk = await openWith(bob, 'carol')
        const words = await send(marie, id, 'Xylophone words')
        const mediaIds = [await fileOf(marie, id, 'Xylophone.txt')]
        const file = await send(marie, id, '', { mediaIds })
        const passedOn = await forward(bob, words, talk)
        const again = await forward(carol, passedOn, await saved(carol))
        const passedFile = await forward(bob, file, talk)
        assert.equal(passedFile.media.length, 1)
        await erase(t, marie, 'delete')
        for (const [who, message] of [
          [carol, passedOn],
          [carol, again],
          [bob, passedFile],
        ] as const) {
          const left = await messageAt(who, message)
          const { name, userId, chat, deleted } = Object(left.forward)
          assert.deepEqual([name, userId, chat, deleted], ['', null, null, true])
          assert.deepEqual([left.text, left.media, left.kind], ['', [], 'text'])
        }
        const found = await ask<{ items: [] }>(carol, 'msg.search', { q: 'Xylophone' })
        assert.deepEqual(found.items, [])
        assert.doesNotMatch(await kept(t), /Xylophone/i)
      }))

    test('are gone from forwards out of a channel, whose authors nobody is told', () =>
      world(dialect, async ({ t, marie, bob }) => {
        const order = { type: 'channel', title: 'News', members: ['bob'] }
        const { chat } = await ask<{ chat: TestChat }>(marie, 'chats.create', order)

        const said = await send(marie, chat.id, 'Xylophone news')
        const passedOn = await forward(bob, said, await saved(bob))
        assert.equal(passedOn.forward?.name, 'News')
        assert.ok(!JSON.stringify(passedOn).includes(marie.id))
        await erase(t, marie, 'delete')
        const left = await messageAt(bob, passedOn)
        assert.deepEqual([left.text, Object(left.forward).deleted], ['', true])
      }))

    test('are quoted by no answer, and nothing names whoever said them', () =>
      world(dialect, async ({ t, marie, bob, carol }) => {
        const group = await groupOf(bob, marie, carol)
        const said = await send(marie, group.id, 'a Xylophone in the room')
        const quote = { text: 'Xylophone', offset: 2 }
        const answer = await send(bob, group.id, 'which?', { reply: { seq: said.seq, quote } })
        const other = await send(carol, group.id, 'a piano')
        const kindly = await send(bob, group.id, 'this', {
          reply: { seq: other.seq, quote: { text: 'piano', offset: 2 } },
        })
        const called = await send(bob, group.id, 'hear **this**, @marie and @carol')
        await ask(marie, 'msg.react', { chat: group.id, seq: other.seq, emoji: '👍' })
        await ask(marie, 'msg.edit', { chat: group.id, seq: said.seq, text: 'a Xylophone again' })
        await ask(bob, 'chats.draft', {
          chat: group.id,
          draft: { text: '@marie', entities: [], replySeq: null },
          ver: 0,
        })
        const begun = { text: 'and', replySeq: said.seq, quote }
        await ask(carol, 'chats.draft', { chat: group.id, draft: begun, ver: 0 })
        await ask(marie, 'chats.read', { chat: group.id, seq: called.seq })
        await erase(t, marie, 'delete')
        const { draft } = (await chatOf(carol, group.id)).me ?? {}
        assert.deepEqual([draft?.text, draft?.replySeq, draft?.quote], ['and', said.seq, undefined])
        const left = await messageAt(bob, answer)
        assert.deepEqual(left.reply, { seq: said.seq, sender: null, text: '' })
        assert.equal(Object((await messageAt(bob, kindly)).reply).quote.text, 'piano')
        const { entities, text } = await messageAt(bob, called)
        assert.equal(text, 'hear this, @marie and @carol')
        assert.deepEqual(
          entities.map(({ type, userId }) => [type, userId]),
          [
            ['bold', undefined],
            ['mention', carol.id],
          ],
        )
        assert.deepEqual((await messageAt(bob, other)).reactions, [])
        const shown = JSON.stringify(await historyOf(carol, group.id))
        assert.ok(!shown.includes(marie.id))
        const all = await kept(t)
        assert.ok(!all.includes(marie.id), 'the id is in a table')
        assert.doesNotMatch(all, /Xylophone/i)
      }))

    test('are not shown beside links to where they stood', needs('blog'), () =>
      world(dialect, async ({ t, marie, bob }) => {
        const content = { markdown: 'Words of hers.' }
        const order = { title: 'Xylophone', content, status: 'published' }
        const { slug } = (await marie.post('/api/v1/posts', order)).json<{ slug: string }>()
        const talk = await openWith(bob, 'carol')
        const address = `http://127.0.0.1:8000/user/marie/blog/${slug}`
        const sent = await send(bob, talk.id, `Read ${address}`)
        await t.settle()
        assert.equal(Object(Object(await messageAt(bob, sent)).preview).title, 'Xylophone')
        await erase(t, marie, 'delete')
        assert.equal(Object(await messageAt(bob, sent)).preview, null)
        assert.match((await messageAt(bob, sent)).text, /Read/)
      }),
    )

    test('and what was passed on of them shows no link again', needs('blog'), () =>
      world(dialect, async ({ t, marie, bob }) => {
        const order = { title: 'Fog', content: { markdown: 'Thin.' }, status: 'published' }
        const post = (await bob.post('/api/v1/posts', order)).json<{
          id: string
          rev: number
          url: string
        }>()
        const talk = await openWith(marie, 'bob')
        const sent = await send(marie, talk.id, `http://127.0.0.1:8000${post.url}`)
        const passed = await forward(bob, sent, await saved(bob))
        await t.settle()
        assert.equal(Object(Object(await messageAt(bob, passed)).preview).title, 'Fog')
        await erase(t, marie, 'delete')
        await bob.patch(`/api/v1/posts/${post.id}`, { baseRev: post.rev, title: 'Ice' })
        await t.settle()
        assert.equal(Object(await messageAt(bob, passed)).preview, null)
      }),
    )

    test('leave chats that the others go on in', () =>
      world(dialect, async ({ t, marie, bob, carol }) => {
        const talk = await openWith(marie, 'bob')
        await send(marie, talk.id, 'Xylophone')
        const mine = await send(bob, talk.id, 'stays')
        const group = await groupOf(marie, bob, carol)
        await ask(marie, 'members.role', { chat: group.id, user: carol.id, role: 'admin' })
        const picture = await marie.upload('/api/v1/media', { bytes: ONE_PIXEL })
        const photoId = picture.json<{ id: string }>().id
        await ask(marie, 'chats.update', { chat: group.id, photoId })
        const alone = { type: 'group', title: 'Xylophone alone', members: [] }
        await ask(marie, 'chats.create', alone)
        await send(marie, (await saved(marie)).id, 'Xylophone for myself')
        await erase(t, marie, 'delete')
        const left = new Map((await chatsOf(bob)).map((chat) => [chat.id, chat]))
        assert.equal(left.get(talk.id)?.last?.text, mine.text)
        assert.equal(left.get(talk.id)?.peer, null)
        const ofCarol = (await chatsOf(carol)).find(({ id }) => id === group.id)
        assert.deepEqual([ofCarol?.me?.role, ofCarol?.members], ['owner', 2])
        assert.equal(Object(ofCarol).photo, null)
        const all = await kept(t)
        assert.doesNotMatch(all, /Xylophone/i)
        assert.ok(!all.includes(marie.id))
        const uses = await t.station.database.reader.all(
          `select used_by from media_uses where used_by like ?`,
          [`%${marie.id}%`],
        )
        assert.deepEqual(uses, [])
      }))
  })

  suite(`a channel whose owner goes, on ${dialect}`, () => {
    test('passes to an admin, and never to a reader', () =>
      world(dialect, async ({ t, marie, bob, carol }) => {
        const chat = await news(marie)
        await send(marie, chat, 'words that stay')
        await ask(marie, 'members.role', { chat, user: carol.id, role: 'admin' })
        await erase(t, marie, 'anonymise')
        const roles = await Promise.all(
          [bob, carol].map(async (who) => (await chatOf(who, chat)).me?.role),
        )
        assert.deepEqual(roles, ['member', 'owner'])
      }))

    test('stays to be read where it has no admin, and off the web', () =>
      world(dialect, async ({ t, marie, bob }) => {
        const chat = await news(marie, 'marie-news')
        const words = await send(marie, chat, 'words that stay')
        assert.equal((await t.stranger().get('/channel/marie-news')).status, 200)
        await erase(t, marie, 'anonymise')
        assert.equal((await t.stranger().get('/channel/marie-news')).status, 404)
        const { me, members } = await chatOf(bob, chat)
        assert.deepEqual([me?.role, members], ['member', 2])
        assert.equal((await messageAt(bob, words)).text, 'words that stay')
        const order = { chat, cid: newCid(), text: 'mine now' }
        assert.equal(await refused(bob, 'msg.send', order), 'QL_MSG_NOT_ALLOWED')
        assert.equal(await refused(bob, 'members.list', { chat }), 'QL_MSG_NOT_ALLOWED')
        await ask(bob, 'chats.leave', { chat })
      }))

    test('ends where nothing is left in it', () =>
      world(dialect, async ({ t, marie, bob }) => {
        const chat = await news(marie)
        await send(marie, chat, 'Xylophone')
        await erase(t, marie, 'delete')
        assert.equal(await refused(bob, 'chats.get', { chat }), 'QL_MSG_NOT_FOUND')
        assert.doesNotMatch(await kept(t), /Xylophone|News/)
      }))
  })

  suite(`messages of somebody who goes and leaves their words, on ${dialect}`, () => {
    test('stay without a name and without pictures, in forwards as well', () =>
      world(dialect, async ({ t, marie, bob, carol }) => {
        const group = await groupOf(bob, marie, carol)
        const talk = await openWith(bob, 'carol')
        const words = await send(marie, group.id, 'words that stay')
        await ask(marie, 'msg.edit', { chat: group.id, seq: words.seq, text: 'words that will' })
        const mediaIds = [await fileOf(marie, group.id, 'Xylophone.txt')]
        const file = await send(marie, group.id, '', { mediaIds })
        const passedOn = await forward(bob, words, talk)
        const quoting = await send(carol, group.id, 'so', {
          reply: { seq: words.seq, quote: { text: 'will', offset: 11 } },
        })
        await send(marie, (await saved(marie)).id, 'Xylophone for myself')
        await erase(t, marie, 'anonymise')
        const left = await messageAt(carol, passedOn)
        assert.equal(left.text, 'words that will')
        assert.deepEqual([left.forward?.name, Object(left.forward).deleted], ['', true])
        assert.equal((await messageAt(bob, words)).text, 'words that will')
        assert.equal((await messageAt(bob, words)).sender, null)
        assert.equal(Object((await messageAt(bob, quoting)).reply).quote.text, 'will')
        const seqs = (await historyOf(bob, group.id)).map(({ seq }) => seq)
        assert.ok(!seqs.includes(file.seq), 'a message that was only a picture is empty')
        const onward = await forward(carol, await messageAt(carol, words), talk)
        assert.deepEqual([onward.forward?.name, Object(onward.forward).deleted], ['', true])
        const all = await kept(t)
        assert.doesNotMatch(all, /Xylophone|words that stay/i)
        assert.ok(!all.includes(marie.id))
      }))
  })

  suite(`a chat that was deleted for everybody, on ${dialect}`, () => {
    test('is gone from the database within the hour', () =>
      world(dialect, async ({ t, marie, bob }) => {
        const talk = await openWith(marie, 'bob')
        for (let n = 0; n < 120; n++) await send(marie, talk.id, `Xylophone ${n}`)
        const other = await openWith(bob, 'carol')
        await send(bob, other.id, 'stays')
        await ask(marie, 'chats.delete', { chat: talk.id, for: 'all' })
        assert.match(await kept(t), /Xylophone/)
        t.clock.advance({ minutes: 60 })
        await t.station.scheduler.tick()
        const all = await kept(t)
        assert.doesNotMatch(all, /Xylophone/i)
        assert.ok(!all.includes(talk.id) && all.includes('stays'))
        assert.equal(await refused(bob, 'chats.get', { chat: talk.id }), 'QL_MSG_NOT_FOUND')
      }))
  })
}

suite('what a person is handed over of their chats', () => {
  test('has every message with its earlier wordings, and nothing that others keep', () =>
    world('sqlite', async ({ t, marie, bob }) => {
      const talk = await openWith(marie, 'bob')
      const said = await send(marie, talk.id, 'first')
      await ask(marie, 'msg.edit', { chat: talk.id, seq: said.seq, text: 'second' })
      await ask(marie, 'msg.edit', { chat: talk.id, seq: said.seq, text: 'third' })
      const theirs = await send(bob, talk.id, 'of bob, before')
      await ask(bob, 'msg.edit', { chat: talk.id, seq: theirs.seq, text: 'of bob, after' })
      const quote = { text: 'bob', offset: 3 }
      await send(marie, talk.id, 'an answer', { reply: { seq: theirs.seq, quote } })
      await forward(marie, theirs, talk)
      await ask(marie, 'msg.react', { chat: talk.id, seq: theirs.seq, emoji: '👍' })
      const draft = { text: 'begun', entities: [], replySeq: null }
      await ask(marie, 'chats.draft', { chat: talk.id, draft, ver: 0 })
      const { id } = (await marie.post('/api/v1/me/export')).json<{ id: string }>()
      await t.settle()
      const files = unzipSync((await marie.get(`/api/v1/me/export/${id}`)).bytes)
      const read = (path: string): ReturnType<typeof JSON.parse> =>
        JSON.parse(strFromU8(files[`messaging/${path}`] ?? new Uint8Array()))
      const messages = read('messages-0.json') as Record<string, unknown>[]
      const [edited, answer, passedOn] = messages
      assert.equal(messages.length, 3)
      assert.deepEqual([...new Set(messages.map(({ chatName }) => chatName))], ['bob'])
      assert.deepEqual(
        (Object(edited)['earlier'] as { text: string }[]).map(({ text }) => text),
        ['first', 'second'],
      )
      assert.deepEqual(answer?.['reply'], { seq: theirs.seq, quote })
      assert.equal(Object(passedOn?.['forward']).name, 'bob')
      const { chats, drafts, reactions } = read('chats.json')
      const talks = (chats as { type: string; name: string }[]).filter(
        ({ type }) => type === 'private',
      )
      assert.deepEqual(
        talks.map(({ name }) => name),
        ['bob'],
      )
      assert.deepEqual([drafts[0].text, reactions[0].emoji], ['begun', '👍'])
      assert.ok(
        !JSON.stringify(Object.values(files).map((bytes) => strFromU8(bytes))).includes(
          'of bob, before',
        ),
      )
    }))
})
