import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  historyOf,
  rt,
  type TestChat,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
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

interface Link {
  readonly token: string
  readonly path: string
  readonly uses: number
}

async function linkTo(owner: Visitor, chat: string, wish: object = {}): Promise<Link> {
  return ask<Link>(owner, 'invites.create', { chat, ...wish })
}

async function usesOf(owner: Visitor, chat: string): Promise<number | undefined> {
  return (await ask<{ items: Link[] }>(owner, 'invites.list', { chat })).items[0]?.uses
}

/** What somebody's list of notifications says. */
async function toldTo(who: Visitor): Promise<string[]> {
  const answer = await who.get('/api/v1/notifications')
  return answer.json<{ items: { text: string }[] }>().items.map(({ text }) => text)
}

async function boat(t: TestStation): Promise<{ alice: Visitor; bob: Visitor; chat: string }> {
  const alice = await t.person('alice')
  const bob = await t.person('bob')
  const { id: chat } = await groupOf(alice)
  await ask(alice, 'chats.update', { chat, title: 'Boat <b>crew</b>', about: 'Every Sunday' })
  return { alice, bob, chat }
}

for (const dialect of DIALECTS) {
  suite(`the page of an invitation on ${dialect}`, () => {
    const withDoor = needs('user-management')
    test(
      'shows a stranger who invites and where, and leads in by an account',
      withDoor,
      async () => {
        await using t = await buildTestStation({ dialect })
        const { alice, chat } = await boat(t)
        const { path } = await linkTo(alice, chat)
        const stranger = t.stranger()
        const page = await stranger.get(path)
        assert.equal(page.status, 200)
        assert.match(page.text, /alice invites you to a group/)
        assert.match(page.text, /<h1[^>]*>Boat &lt;b>crew&lt;\/b><\/h1>/)
        assert.match(page.text, /1 member</)
        assert.match(page.text, /name="robots" content="noindex/)
        assert.match(String(page.headers['cache-control']), /no-store/)
        assert.doesNotMatch(page.text, new RegExp(chat), 'the chat itself has no name here')
        assert.doesNotMatch(page.text, /method="post" action="\/join/)
        const back = `return=${encodeURIComponent(path)}`
        for (const way of ['login', 'register']) {
          assert.ok(page.text.includes(`href="/auth/${way}?${back}"`), way)
        }
        const pressed = await stranger.submit(path, {})
        assert.equal(pressed.headers['location'], `/auth/login?${back}`)
        const russian = await stranger.get(path, { headers: { 'accept-language': 'ru' } })
        assert.match(russian.text, /alice приглашает вас в группу/)
        assert.match(russian.text, /1 участник</)
        assert.equal((await chatOf(alice, chat)).members, 1)
      },
    )

    test('lets in by one press, and then leads to the chat', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const { path, token } = await linkTo(alice, chat)
      const page = await bob.get(path)
      assert.match(page.text, new RegExp(`<form[^>]* method="post" action="${path}"`))
      assert.equal((await chatOf(alice, chat)).members, 1, 'looking changes nothing')
      const pressed = await bob.submit(path, {})
      assert.deepEqual([pressed.status, pressed.headers['location']], [303, `/chats/${chat}`])
      assert.equal((await bob.submit(path, {})).headers['location'], `/chats/${chat}`)
      assert.equal((await chatOf(bob, chat)).members, 2)
      assert.equal(await usesOf(alice, chat), 1)
      await ask(alice, 'invites.revoke', { chat, token })
      assert.equal((await bob.get(path)).headers['location'], `/chats/${chat}`)
      const foreign = await t.person('carol')
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
      const forged = await foreign.ask('POST', path, { form: {}, headers })
      assert.equal(forged.status, 403)
    })

    test('says why it lets nobody in, and nothing of the chat', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const carol = await t.person('carol')
      const expiresAt = new Date(t.clock.now().getTime() + 60_000).toISOString()
      const short = await linkTo(alice, chat, { expiresAt })
      const single = await linkTo(alice, chat, { maxUses: 1 })
      const taken = await linkTo(alice, chat)
      await ask(alice, 'invites.revoke', { chat, token: taken.token })
      assert.equal((await bob.submit(single.path, {})).status, 303)
      t.clock.advance({ minutes: 2 })
      const ends: [string, number, RegExp][] = [
        ['/join/nothing-at-all', 404, /no longer valid/],
        [taken.path, 404, /no longer valid/],
        [short.path, 410, /time of this invitation is over/],
        [single.path, 410, /has been used up/],
      ]
      for (const [path, status, words] of ends) {
        for (const answer of [
          await carol.get(path),
          await carol.submit(path, {}),
          await t.stranger().get(path),
        ]) {
          assert.equal(answer.status, status, path)
          assert.match(answer.text, words)
          assert.match(answer.text, /name="robots" content="noindex/)
          assert.doesNotMatch(answer.text, /Boat|Sunday|alice/)
        }
      }
      assert.equal((await rt(carol, 'msg.history', { chat })).status, 404)
      const open = await linkTo(alice, chat)
      await ask(alice, 'members.remove', { chat, user: bob.id, ban: true })
      for (const answer of [await bob.get(open.path), await bob.submit(open.path, {})]) {
        assert.equal(answer.status, 403)
        assert.match(answer.text, /You cannot join this chat/)
        assert.doesNotMatch(answer.text, /Boat|Sunday|alice/)
      }
      const look = await rt(bob, 'invites.look', { token: open.token })
      assert.equal(look.json()['code'], 'QL_MSG_BANNED')
      await ask(alice, 'chats.delete', { chat, for: 'all' })
      assert.equal((await carol.get(open.path)).status, 404)
    })

    test('counts and announces once who presses twenty times at once', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const { path } = await linkTo(alice, chat)
      const answers = await Promise.all(Array.from({ length: 20 }, () => bob.submit(path, {})))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303]))
      const { members, lastSeq } = await chatOf(alice, chat)
      assert.equal(members, 2)
      assert.equal(await usesOf(alice, chat), 1)
      const said = (await historyOf(alice, chat)).filter(({ kind }) => kind === 'service')
      assert.equal(said.length, lastSeq)
    })

    test('gives the one place to one of twenty who press at once', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, chat } = await boat(t)
      const { path } = await linkTo(alice, chat, { maxUses: 1 })
      const guests = []
      for (let n = 0; n < 20; n++) guests.push(await t.person(`guest${n}`))
      const answers = await Promise.all(guests.map((guest) => guest.submit(path, {})))
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
      assert.deepEqual(statuses, [303, ...Array.from({ length: 19 }, () => 410)])
      assert.equal((await chatOf(alice, chat)).members, 2)
    })

    test('asks where an admin decides, waits, and counts who asks twice once', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const { path } = await linkTo(alice, chat, { approval: true, maxUses: 2 })
      assert.match((await bob.get(path)).text, /Ask to join/)
      for (let press = 0; press < 3; press++) {
        const pressed = await bob.submit(path, {})
        assert.equal(pressed.headers['location'], path, pressed.text)
      }
      assert.equal(await usesOf(alice, chat), 1)
      const waits = await bob.get(path)
      assert.match(waits.text, /Your request was sent/)
      assert.doesNotMatch(waits.text, /Ask to join/)
      assert.equal((await rt(bob, 'msg.history', { chat })).status, 404)
      assert.equal((await rt(bob, 'requests.list', { chat })).status, 404)
      const carol = await t.person('carol')
      assert.equal((await carol.submit(path, {})).headers['location'], path)
      assert.match((await bob.get(path)).text, /Your request was sent/, 'also with all uses taken')
      await ask(alice, 'requests.decide', { chat, user: bob.id, accept: true })
      await ask(alice, 'requests.decide', { chat, user: carol.id, accept: false })
      assert.equal((await bob.get(path)).headers['location'], `/chats/${chat}`)
      assert.equal((await carol.get(path)).status, 410)
      assert.equal((await chatOf(alice, chat)).members, 2)
    })

    test('tells of who asks those who decide, once, until it is decided', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const [carol, dora] = [await t.person('carol'), await t.person('dora')]
      await ask(alice, 'members.add', { chat, usernames: ['carol', 'dora'] })
      const rights = { ...NONE, pin: true }
      await ask(alice, 'members.role', { chat, user: carol.id, role: 'admin', rights })
      const { path } = await linkTo(alice, chat, { approval: true })
      for (let press = 0; press < 3; press++) await bob.submit(path, {})
      await t.settle()
      assert.deepEqual(await toldTo(alice), ['asks to join “Boat <b>crew</b>”'])
      const notice = await alice.get('/api/v1/notifications')
      assert.equal(
        notice.json<{ items: { url: string }[] }>().items[0]?.url,
        `/chats/${chat}?requests`,
      )
      for (const other of [bob, carol, dora]) assert.deepEqual(await toldTo(other), [])
      await ask(alice, 'requests.decide', { chat, user: bob.id, accept: false })
      await t.settle()
      assert.deepEqual(await toldTo(alice), [])
      await bob.submit(path, {})
      const open = await linkTo(alice, chat)
      await bob.submit(open.path, {})
      await t.settle()
      assert.deepEqual(await toldTo(alice), [], 'who has come in asks no longer')
    })

    test('tells nobody of who asks and is kept away', needs('relations'), async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      await alice.put('/api/v1/users/bob/block', {})
      const { path } = await linkTo(alice, chat, { approval: true })
      assert.equal((await bob.submit(path, {})).headers['location'], path)
      await t.settle()
      assert.deepEqual(await toldTo(alice), [])
      const { items } = await ask<{ items: object[] }>(alice, 'requests.list', { chat })
      assert.equal(items.length, 1, 'the request is there all the same')
    })

    test('shows the photo while the link lets people in, and to nobody else', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, chat } = await boat(t)
      const upload = { bytes: ONE_PIXEL }
      const set = await alice.upload(`/api/v1/chats/${chat}/photo`, upload, 'PUT')
      const { photo } = set.json<TestChat & { photo: string }>()
      assert.equal((await bob.get(photo)).status, 404)
      const { path, token } = await linkTo(alice, chat)
      const stranger = t.stranger()
      const [, source = ''] =
        /<img[^>]* src="(\/media\/[^"]+)"/.exec((await stranger.get(path)).text) ?? []
      assert.equal((await stranger.get(source)).status, 200)
      await ask(alice, 'invites.revoke', { chat, token })
      assert.equal((await stranger.get(source)).status, 404)
      assert.equal((await alice.get(source)).status, 200)
    })

    test('is no place to guess at', async () => {
      await using t = await buildTestStation({ dialect, config: { rateLimits: true } })
      const stranger = t.stranger()
      const statuses = []
      for (let guess = 0; guess < 61; guess++) {
        statuses.push((await stranger.get(`/join/guess-${guess}`)).status)
      }
      assert.deepEqual([statuses[0], statuses[59], statuses[60]], [404, 404, 429])
    })
  })
}
