import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, chatOf, groupOf, refused, type TestChat } from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const NONE = {
  changeInfo: false,
  post: false,
  editOthers: false,
  deleteOthers: false,
  invite: false,
  pin: false,
  ban: false,
  promote: false,
}

interface Listed {
  readonly items: readonly {
    readonly user: { readonly id: string }
    readonly role: string
    readonly rights: Readonly<Record<string, boolean>>
  }[]
  readonly nextCursor: string | null
}

async function idsOf(who: Visitor, chat: string, more: object = {}): Promise<string[]> {
  const { items } = await ask<Listed>(who, 'members.list', { chat, ...more })
  return items.map(({ user }) => user.id)
}

async function bannedOf(who: Visitor, chat: string, more: object = {}): Promise<Listed> {
  return ask<Listed>(who, 'members.banned', { chat, ...more })
}

async function blogOf(who: Visitor, chat: string): Promise<string | null> {
  const answer = await ask<{ chat: { blogOf: string | null } }>(who, 'chats.get', { chat })
  return answer.chat.blogOf
}

async function crew(t: TestStation) {
  return {
    alice: await t.person('alice'),
    bob: await t.person('bob'),
    carol: await t.person('carol'),
    /** In no chat of theirs. */
    eve: await t.person('eve'),
  }
}

async function channelOf(owner: Visitor, more: object = {}): Promise<string> {
  const order = { type: 'channel', title: 'Fog', ...more }
  return (await ask<{ chat: TestChat }>(owner, 'chats.create', order)).chat.id
}

for (const dialect of DIALECTS) {
  suite(`roles on ${dialect}`, () => {
    test('an admin of a channel does what was given, and nothing else', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, eve } = await crew(t)
      const chat = await channelOf(alice, { slug: 'fog-news' })
      for (const reader of [bob, carol]) await ask(reader, 'chats.join', { chat })
      const wish = { chat, user: bob.id, role: 'admin' }
      for (const [who, code] of [
        [bob, 'QL_MSG_NOT_ALLOWED'],
        [carol, 'QL_MSG_NOT_ALLOWED'],
        [eve, 'QL_MSG_NOT_FOUND'],
      ] as const) {
        assert.equal(await refused(who, 'members.role', wish), code)
        assert.equal(await refused(who, 'members.list', { chat }), code)
      }
      await ask(alice, 'members.role', { ...wish, rights: { ...NONE, post: true, promote: true } })
      assert.deepEqual(await idsOf(bob, chat), [alice.id, bob.id, carol.id])
      assert.deepEqual(await idsOf(bob, chat, { q: 'car' }), [carol.id])
      await ask(bob, 'msg.send', { chat, cid: 'roles-test-1', text: 'By an admin' })
      const denied: [string, object][] = [
        ['chats.update', { title: 'Mine' }],
        ['invites.create', {}],
        ['members.remove', { user: carol.id }],
        ['members.banned', {}],
        ['members.unban', { user: carol.id }],
        ['members.role', { user: carol.id, role: 'admin', rights: { ...NONE, ban: true } }],
        ['members.role', { user: carol.id, role: 'owner' }],
        ['members.role', { user: alice.id, role: 'member' }],
      ]
      for (const [method, input] of denied) {
        assert.equal(await refused(bob, method, { chat, ...input }), 'QL_MSG_NOT_ALLOWED', method)
      }
      const lesser = { user: carol.id, role: 'admin', rights: { ...NONE, post: true } }
      await ask(bob, 'members.role', { chat, ...lesser })
      assert.equal(
        await refused(bob, 'members.role', { chat, user: carol.id, role: 'member' }),
        'QL_MSG_NOT_ALLOWED',
        'admins are dismissed by the owner',
      )
      await ask(alice, 'members.role', { chat, user: carol.id, role: 'member' })
      assert.equal(await refused(carol, 'members.list', { chat }), 'QL_MSG_NOT_ALLOWED')
      await ask(alice, 'members.role', { ...wish, rights: NONE })
      assert.equal(
        await refused(bob, 'msg.send', { chat, cid: 'roles-test-2', text: 'No more' }),
        'QL_MSG_NOT_ALLOWED',
      )
    })

    test('who was sent away for good is seen and let back by who may ban', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, eve } = await crew(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const { token } = await ask<{ token: string }>(alice, 'invites.create', { chat })
      await ask(alice, 'members.remove', { chat, user: carol.id })
      assert.deepEqual((await bannedOf(alice, chat)).items, [], 'sent away is not barred')
      await ask(carol, 'invites.join', { token })
      await ask(alice, 'members.remove', { chat, user: carol.id, ban: true })
      assert.equal(await refused(carol, 'invites.join', { token }), 'QL_MSG_BANNED')
      const ids = (await bannedOf(alice, chat)).items.map(({ user }) => user.id)
      assert.deepEqual(ids, [carol.id])
      for (const [who, code] of [
        [bob, 'QL_MSG_NOT_ALLOWED'],
        [carol, 'QL_MSG_NOT_FOUND'],
        [eve, 'QL_MSG_NOT_FOUND'],
      ] as const) {
        assert.equal(await refused(who, 'members.banned', { chat }), code)
        assert.equal(await refused(who, 'members.unban', { chat, user: carol.id }), code)
      }
      const stranger = t.stranger()
      const asked = await stranger.post('/api/v1/rt/members.banned', { chat })
      assert.equal(asked.status, 401)
      assert.equal(
        await refused(alice, 'members.unban', { chat, user: bob.id }),
        'QL_MSG_NOT_FOUND',
      )
      await ask(alice, 'members.unban', { chat, user: carol.id })
      assert.deepEqual((await bannedOf(alice, chat)).items, [])
      assert.equal(await refused(carol, 'msg.history', { chat }), 'QL_MSG_NOT_FOUND')
      await ask(carol, 'invites.join', { token })
      assert.equal((await chatOf(carol, chat)).members, 3)
    })

    test('a long list of them comes page by page, each once', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const guests = []
      for (let n = 0; n < 5; n++) guests.push(await t.person(`guest${n}`))
      const { id: chat } = await groupOf(alice, ...guests)
      for (const { id } of guests) await ask(alice, 'members.remove', { chat, user: id, ban: true })
      const seen: string[] = []
      let cursor: string | null = null
      do {
        const more: object = cursor === null ? {} : { cursor }
        const page: Listed = await bannedOf(alice, chat, { limit: 2, ...more })
        seen.push(...page.items.map(({ user }) => user.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      assert.deepEqual(seen.toSorted(), guests.map(({ id }) => id).toSorted())
    })

    test(
      'a channel that is handed over shows what its new owner agrees to show, and no blog',
      needs('blog'),
      async () => {
        await using t = await buildTestStation({ dialect, config: ANY_PORT })
        const address = await t.station.listen()
        /* Over the wire, where strangers are sent what is kept. */
        const shown = async () => (await fetch(`${address}/channel/fog-news`)).status
        const { alice, bob } = await crew(t)
        const chat = await channelOf(alice, { slug: 'fog-news' })
        await ask(bob, 'chats.join', { chat })
        await alice.submit('/me/channel', { chat })
        for (const action of ['give', 'withdraw']) {
          await bob.submit('/settings/consents', { document: 'publishing', action })
        }
        assert.equal(await blogOf(alice, chat), alice.id)
        assert.deepEqual([await shown(), await shown()], [200, 200])
        await ask(alice, 'members.role', { chat, user: bob.id, role: 'owner' })
        assert.equal((await chatOf(alice, chat)).me?.role, 'admin')
        assert.equal((await chatOf(bob, chat)).me?.role, 'owner')
        assert.equal(await shown(), 404)
        await bob.submit('/settings/consents', { document: 'publishing', action: 'give' })
        assert.equal(await shown(), 200)
        assert.equal(await blogOf(alice, chat), null)
        await ask(alice, 'chats.leave', { chat })
      },
    )
  })
}

test('a link is valid for so long by the clock of the station, and a hundred are enough', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const alice = await t.person('alice')
  const { id: chat } = await groupOf(alice)
  const { expiresAt } = await ask<{ expiresAt: string }>(alice, 'invites.create', {
    chat,
    forS: 3_600,
  })
  assert.equal(Date.parse(expiresAt), t.clock.now().getTime() + 3_600_000)
  for (let n = 1; n < 100; n++) await ask(alice, 'invites.create', { chat, forS: 60 })
  assert.equal(await refused(alice, 'invites.create', { chat }), 'QL_MSG_TOO_MANY')
  t.clock.advance({ minutes: 2 })
  await ask(alice, 'invites.create', { chat })
})
