import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  groupOf,
  openWith,
  refused,
  send,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { up as indexWords } from '../migrations/0004-search.ts'
import { up as indexShared } from '../migrations/0005-shared.ts'
import { up as renewStems } from '../migrations/0008-stems.ts'

interface Answer {
  readonly items: readonly {
    readonly m: TestMessage
    readonly marks: readonly { readonly offset: number; readonly length: number }[]
  }[]
  readonly authors: readonly { readonly username: string }[]
  readonly chats: readonly { readonly id: string }[]
  readonly people: readonly { readonly username: string }[]
  readonly nextCursor: string | null
}

function find(who: Visitor, q: string, more: object = {}): Promise<Answer> {
  return ask<Answer>(who, 'msg.search', { q, ...more })
}

async function texts(who: Visitor, q: string, more: object = {}): Promise<string[]> {
  return (await find(who, q, more)).items.map(({ m }) => m.text)
}

async function brought(who: Visitor, chat: string, kind: string, more = {}): Promise<number[]> {
  const { items } = await ask<{ items: TestMessage[] }>(who, 'msg.shared', { chat, kind, ...more })
  return items.map(({ seq }) => seq)
}

for (const dialect of DIALECTS) {
  suite(`search on ${dialect}`, () => {
    test('finds forms, beginnings, ё as е and the other keyboard, in Russian and English', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = await openWith(alice, 'bob')
      const said = [
        'Встретимся в субботу у Ёлки',
        'Привет, как дела?',
        'Two cities, **one** runner was Running late',
        'Съешь ещё этих мягких французских булок',
      ]
      for (const text of said) await send(alice, chat.id, text)
      const [saturday = '', hello = '', , rolls = ''] = said
      const cities = 'Two cities, one runner was Running late'
      const expected: Record<string, string[]> = {
        суббота: [saturday],
        'ёлка суббота': [saturday],
        елки: [saturday],
        ghbdtn: [hello],
        'ghbdtn ltkf': [hello],
        прив: [hello],
        'как делами': [hello],
        city: [cities],
        runs: [cities],
        'ru la': [cities],
        сшен: [cities],
        сшешуы: [cities],
        французская: [rolls],
        'ещё мягкий': [rolls],
        'привет суббота': [],
        '👍': [],
        '%': [],
        "' or 1=1 --": [],
      }
      for (const [q, found] of Object.entries(expected)) {
        assert.deepEqual(await texts(bob, q), found, q)
        assert.deepEqual(await texts(bob, q, { chat: chat.id }), found, `${q} in the chat`)
      }
      const [marked] = (await find(bob, 'runs late')).items
      const words = marked?.marks.map(({ offset, length }) =>
        marked.m.text.slice(offset, offset + length),
      )
      assert.deepEqual(words, ['Running', 'late'])
      assert.deepEqual(
        (await find(bob, 'ghbdtn')).authors.map(({ username }) => username),
        ['alice'],
      )
    })

    test('knows what was edited, and nothing of what is gone, hidden or cleared', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = (await openWith(alice, 'bob')).id
      await send(alice, chat, 'the old password is swordfish')
      await send(alice, chat, 'the new password is tiger')
      await ask(alice, 'msg.edit', { chat, seq: 1, text: 'the old pass is gone, or passive' })
      assert.deepEqual(await texts(bob, 'swordfish'), [])
      assert.deepEqual(await texts(bob, 'password'), ['the new password is tiger'])
      assert.equal((await texts(bob, 'pas')).length, 2)
      await ask(bob, 'msg.delete', { chat, seqs: [1], for: 'me' })
      assert.deepEqual(await texts(bob, 'pass'), ['the new password is tiger'])
      assert.equal((await texts(alice, 'pass')).length, 2)
      await ask(alice, 'msg.delete', { chat, seqs: [2], for: 'all' })
      assert.deepEqual([await texts(bob, 'tiger'), await texts(alice, 'tiger')], [[], []])
      const kept = await t.station.database.reader.all('select word from messaging_words')
      assert.deepEqual(
        kept.map(({ word }) => String(word)).filter((word) => /tiger|swordfish|new/.test(word)),
        [],
        'no word of what is gone is kept',
      )
      await ask(alice, 'chats.clear', { chat })
      assert.deepEqual(await texts(alice, 'pass'), [])
      await send(bob, chat, 'pass me the salt')
      assert.deepEqual(await texts(alice, 'pass'), ['pass me the salt'])
    })

    test('shows strangers nothing, nor who has left or was removed, nor who is kept away', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const group = (await groupOf(alice, bob)).id
      await send(alice, group, 'secret meeting')
      assert.deepEqual(await texts(carol, 'secret'), [])
      assert.equal(
        await refused(carol, 'msg.search', { q: 'secret', chat: group }),
        'QL_MSG_NOT_FOUND',
      )
      assert.equal((await texts(bob, 'secret')).length, 1)
      await ask(bob, 'chats.leave', { chat: group })
      assert.deepEqual(await texts(bob, 'secret'), [])
      assert.equal(
        await refused(bob, 'msg.search', { q: 'secret', chat: group }),
        'QL_MSG_NOT_FOUND',
      )
      const dear = (await openWith(alice, 'carol')).id
      await send(alice, dear, 'another secret')
      await ask(alice, 'chats.delete', { chat: dear, for: 'all' })
      assert.deepEqual(await texts(carol, 'secret'), [])
      const channel = await ask<{ chat: { id: string } }>(alice, 'chats.create', {
        type: 'channel',
        title: 'News',
        slug: 'news-of-alice',
      })
      await send(alice, channel.chat.id, 'open secret')
      assert.deepEqual(await texts(carol, 'secret'), [])
      assert.deepEqual(await texts(carol, 'secret', { chat: channel.chat.id }), ['open secret'])
    })

    test('gives pages in one order over all chats, each message once', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chats = [(await openWith(alice, 'bob')).id, (await groupOf(alice, bob)).id]
      const sent: string[] = []
      for (let at = 0; at < 18; at++) {
        t.clock.advance({ minutes: 1 })
        sent.unshift((await send(alice, chats[at % 2] ?? '', `wave ${at}, wave`)).text)
        if (at % 3 === 0) await send(alice, chats[0] ?? '', 'calm')
      }
      const found: string[] = []
      let cursor: string | null = null
      do {
        const page: Answer = await find(bob, 'waves', { limit: 5, ...(cursor && { cursor }) })
        found.push(...page.items.map(({ m }) => m.text))
        cursor = page.nextCursor
      } while (cursor)
      assert.deepEqual(found, sent)
      const own = await find(bob, 'wave', { chat: chats[1], limit: 4 })
      assert.deepEqual(
        own.items.map(({ m }) => m.text),
        sent.filter((_text, at) => at % 2 === 0).slice(0, 4),
      )
      assert.equal(await refused(bob, 'msg.search', { q: 'wave', cursor: 'x' }), 'QL_MSG_CURSOR')
    })

    test('finds chats and the people in them by name, and others only by their whole name', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await t.person('carol')
      const chat = await openWith(alice, 'bob')
      const group = await groupOf(alice, bob)
      await send(bob, chat.id, 'hello')
      const names = async (q: string) => {
        const { chats, people } = await find(alice, q)
        return [chats.map(({ id }) => id), people.map(({ username }) => username)]
      }
      assert.deepEqual(await names('bo'), [[chat.id], ['bob']])
      assert.deepEqual(await names('gro'), [[group.id], []])
      assert.deepEqual(await names('car'), [[], []])
      assert.deepEqual(await names('@carol'), [[], ['carol']])
      assert.deepEqual((await find(alice, 'bo', { chat: chat.id })).people, [])
    })

    test('lists what was brought into a chat by kind, for those who see it', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = (await openWith(alice, 'bob')).id
      const uploaded = await alice.upload(`/api/v1/chats/${chat}/media`, { bytes: ONE_PIXEL })
      const mediaIds = [uploaded.json<{ id: string }>().id]
      await send(alice, chat, 'see https://example.org', { mediaIds })
      await send(alice, chat, '[here](https://example.org/a)')
      await send(bob, chat, 'plain')
      await send(bob, chat, 'https://example.org/b')
      assert.deepEqual(await brought(bob, chat, 'media'), [1])
      assert.deepEqual(await brought(bob, chat, 'links'), [4, 2, 1])
      assert.deepEqual(await brought(bob, chat, 'files'), [])
      const query = { chat, kind: 'links', limit: 2 }
      const first = await ask<{ nextCursor: string }>(bob, 'msg.shared', query)
      assert.deepEqual(await brought(bob, chat, 'links', { cursor: first.nextCursor }), [1])
      await ask(bob, 'msg.edit', { chat, seq: 4, text: 'no link' })
      await ask(alice, 'msg.delete', { chat, seqs: [1], for: 'all' })
      await ask(bob, 'msg.delete', { chat, seqs: [2], for: 'me' })
      assert.deepEqual(await brought(bob, chat, 'links'), [])
      assert.deepEqual(await brought(alice, chat, 'links'), [2])
      assert.deepEqual(await brought(bob, chat, 'media'), [])
      await ask(alice, 'chats.clear', { chat })
      assert.deepEqual(await brought(alice, chat, 'links'), [])
      assert.equal(await refused(carol, 'msg.shared', { chat, kind: 'links' }), 'QL_MSG_NOT_FOUND')
    })

    test('indexes what was said before there was an index', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = (await openWith(alice, 'bob')).id
      for (const text of ['first words', 'gone', 'last words at https://example.org'])
        await send(alice, chat, text)
      await ask(alice, 'msg.delete', { chat, seqs: [2], for: 'all' })
      const { database } = t.station
      await database.transaction(async (tx) => {
        const { db } = database.scope<unknown>('').within(tx)
        for (const table of ['words', 'occurrences', 'shared']) {
          await db.schema.dropTable(`messaging_${table}`).execute()
        }
        const context = { db, dialect: tx.session.dialect }
        await indexWords(context)
        await indexShared(context)
      })
      assert.deepEqual(await texts(bob, 'word'), [
        'last words at https://example.org',
        'first words',
      ])
      assert.deepEqual(await brought(bob, chat, 'links'), [3])
      assert.deepEqual(await texts(bob, 'gone'), [])
    })

    test('knows words that were kept by other stems', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await send(alice, (await openWith(alice, 'bob')).id, 'Остров и пять булок')
      const { database } = t.station
      await database.transaction(async (tx) => {
        await tx.session.run(`update messaging_words set stem = 'остр' where word = 'остров'`)
        await tx.session.run(`update messaging_words set stem = word where word = 'булок'`)
      })
      assert.deepEqual(await texts(bob, 'булка острова'), [])
      await database.transaction(async (tx) => {
        const { db } = database.scope<unknown>('').within(tx)
        await renewStems({ db, dialect: tx.session.dialect })
      })
      assert.deepEqual(await texts(bob, 'булка острова'), ['Остров и пять булок'])
    })
  })
}
