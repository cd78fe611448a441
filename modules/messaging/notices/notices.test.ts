import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS, type DialectName } from '../../../test/support/databases.ts'
import { ask, groupOf, openWith, send } from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { type PushBrowser, PushService } from '../../../test/support/push-service.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface World {
  readonly t: TestStation
  readonly push: PushService
  readonly alice: Visitor
  readonly bob: Visitor
  readonly carol: Visitor
  /** Alice's phone, whose page is closed. */
  readonly phone: PushBrowser
}

interface Shown {
  readonly title: string
  readonly body: string
  readonly navigate: string
  readonly tag: string
  readonly lang: string
  readonly app_badge: string
}

async function world(dialect: DialectName, work: (world: World) => Promise<void>): Promise<void> {
  await using push = await PushService.open()
  await using t = await buildTestStation({ dialect, config: ANY_PORT, mayPushTo: push.isHere })
  const [alice, bob, carol] = [
    await t.person('alice'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  const phone = await deviceOf(push, alice, '/phone')
  await work({ t, push, alice, bob, carol, phone })
}

async function deviceOf(push: PushService, who: Visitor, path: string): Promise<PushBrowser> {
  const browser = push.browser(path)
  const answer = await who.post('/api/v1/push/subscriptions', browser.subscription)
  assert.equal(answer.status, 201, answer.text)
  return browser
}

/** The same person in another browser. */
async function elsewhere(t: TestStation, { username }: Visitor): Promise<Visitor> {
  const other = t.stranger()
  const login = { login: username, password: `${username} has a long password` }
  assert.equal((await other.post('/api/v1/auth/login', login)).status, 200)
  return other
}

/** People with a browser of their own, who are in no chat. */
async function letBeWoken({ station }: TestStation, count: number): Promise<void> {
  await station.database.transaction(async ({ session }) => {
    for (let n = 0; n < count; n++) {
      await session.run(
        `insert into identities (id, username, email, password_hash, password_scheme, pepper_kid,
           role, status, epoch, created_at)
         select ?, ?, ?, password_hash, password_scheme, pepper_kid, role, status, epoch, created_at
         from identities where username = 'alice'`,
        [`!woken-${n}`, `woken${n}`, `woken${n}@example.org`],
      )
      await session.run(
        `insert into push_subscriptions (id, user_id, session_id, endpoint, p256dh, auth, created_at)
         select ?, ?, session_id, ?, p256dh, auth, created_at
         from push_subscriptions where endpoint like '%/phone'`,
        [`!woken-${n}`, `!woken-${n}`, `https://push.example/${n}`],
      )
    }
  })
}

async function after(t: TestStation, seconds: number): Promise<void> {
  await t.settle()
  t.clock.advance({ seconds })
  await t.settle()
}

function shownOn(browser: PushBrowser, { received }: PushService): Shown[] {
  return (
    received
      .filter(({ path }) => browser.endpoint.endsWith(path))
      .map((message) => (browser.read(message) as { notification: Shown }).notification)
      /* Signing in somewhere else is told as well. */
      .filter(({ tag }) => tag.startsWith('chat/'))
  )
}

async function standing(who: Visitor): Promise<readonly string[]> {
  const { tags } = (await who.get('/api/v1/push/standing')).json<{ tags: string[] }>()
  return tags.filter((tag) => tag.startsWith('chat/'))
}

for (const dialect of DIALECTS) {
  suite(`a message reaches a person whose page is closed, on ${dialect}`, () => {
    test('once for what was said in five seconds, in their language, outside every list', () =>
      world(dialect, async ({ t, push, alice, bob, phone }) => {
        const { id: chat } = await openWith(bob, 'alice')
        await send(bob, chat, 'hello')
        await send(bob, chat, 'are ||you|| there?')
        await after(t, 4)
        assert.equal(push.received.length, 0)
        await after(t, 1)
        await after(t, 60)
        const [shown, ...more] = shownOn(phone, push)
        assert.equal(more.length, 0)
        const { title, body, navigate, tag, app_badge } = shown ?? ({} as Shown)
        assert.deepEqual([title, tag, app_badge], ['bob', `chat/${chat}`, '2'])
        assert.match(body, /^are ▒▒▒ there\?\n(and 1 more unread message|и ещё 1 непрочитанное)$/)
        assert.ok(navigate.endsWith(`/chats/${chat}`), navigate)
        assert.deepEqual(await standing(alice), [`chat/${chat}`])
        const list = (await alice.get('/api/v1/notifications')).json<{
          items: []
          unread: number
        }>()
        assert.deepEqual([list.items.length, list.unread], [0, 0])
        await alice.put('/api/v1/notifications/read', { all: true })
        assert.deepEqual(await standing(alice), [`chat/${chat}`], 'reading the list reads no chat')
        await send(bob, chat, 'still there?')
        await after(t, 5)
        assert.equal(shownOn(phone, push).length, 2)
        assert.equal(push.received[0]?.headers['topic'], push.received[1]?.headers['topic'])
      }))

    test('not when it is read, written over, or deleted before, and what was shown goes', () =>
      world(dialect, async ({ t, push, alice, bob, phone }) => {
        const { id: chat } = await openWith(bob, 'alice')
        const { seq } = await send(bob, chat, 'one')
        await t.settle()
        await ask(alice, 'chats.read', { chat, seq })
        const gone = await send(bob, chat, 'oops')
        await t.settle()
        await ask(bob, 'msg.delete', { chat, seqs: [gone.seq], for: 'all' })
        await after(t, 5)
        assert.equal(push.received.length, 0)
        await send(bob, chat, 'two')
        await after(t, 5)
        assert.equal(shownOn(phone, push)[0]?.body, 'two')
        await send(alice, chat, 'an answer')
        await t.settle()
        assert.deepEqual(await standing(alice), [], 'who writes has read')
        const regretted = await send(bob, chat, 'three')
        await after(t, 5)
        assert.deepEqual(await standing(alice), [`chat/${chat}`])
        await ask(bob, 'msg.delete', { chat, seqs: [regretted.seq], for: 'all' })
        assert.deepEqual(await standing(alice), [], 'a screen must not quote what is gone')
      }))

    test(
      'on the device where no page is open; reading on the other takes it back',
      needs('user-management'),
      () =>
        world(dialect, async ({ t, push, alice, bob, phone }) => {
          const door = await SocketDoor.of(t)
          const desk = await elsewhere(t, alice)
          const laptop = await deviceOf(push, desk, '/laptop')
          const { id: chat } = await openWith(bob, 'alice')
          await using tab = await door.open(desk)
          const { pts: before } = await tab.hello()
          const { seq } = await send(bob, chat, 'hello')
          await tab.hears('u', ({ e }) => Object(e)['k'] === 'msg.new')
          const pts = tab.updates.at(-1)?.pts ?? before
          tab.say({ t: 'ack', pts })
          await tab.roundTrip()
          await after(t, 5)
          assert.deepEqual([shownOn(phone, push).length, shownOn(laptop, push).length], [1, 0])
          await tab.ask('chats.read', { chat, seq })
          assert.deepEqual(await standing(alice), [])
          /* A page that sleeps acknowledges nothing: its browser is woken as well. */
          await send(bob, chat, 'and now?')
          await after(t, 5)
          assert.deepEqual([shownOn(phone, push).length, shownOn(laptop, push).length], [2, 1])
        }),
    )

    test('not to who has muted the chat, unless they are called, and to them when the time is over', () =>
      world(dialect, async ({ t, push, alice, bob, carol, phone }) => {
        const { id: chat } = await groupOf(bob, alice, carol)
        await ask(alice, 'chats.mute', { chat, forS: 600 })
        const { seq } = await send(alice, chat, 'mine')
        await send(bob, chat, 'nothing for alice')
        await after(t, 5)
        assert.equal(push.received.length, 0)
        await send(carol, chat, 'hear, @alice')
        await send(bob, chat, 'later')
        await after(t, 5)
        await send(bob, chat, 'an answer', { reply: { seq } })
        await after(t, 5)
        const shown = shownOn(phone, push).map(({ title, body }) => [title, body])
        assert.deepEqual(shown, [
          ['Group', 'carol: hear, @alice'],
          ['Group', 'bob: an answer'],
        ])
        await after(t, 600)
        await send(bob, chat, 'loud again')
        await after(t, 5)
        assert.match(shownOn(phone, push)[2]?.body ?? '', /^bob: loud again\n/)
      }))

    test('not to who has left, was signed out, or does not want it', needs('user-management'), () =>
      world(dialect, async ({ t, push, alice, bob, phone }) => {
        const { id: chat } = await groupOf(bob, alice)
        await send(bob, chat, 'before the removal')
        await t.settle()
        await ask(bob, 'members.remove', { chat, user: alice.id })
        await send(bob, chat, 'after it')
        await after(t, 5)
        assert.equal(push.received.length, 0)
        const { id: talk } = await openWith(bob, 'alice')
        const kinds = new Map([['messaging.message', { push: false }]])
        await t.station.notifications.choices.change(alice.id, kinds)
        await send(bob, talk, 'one')
        await after(t, 5)
        assert.equal(push.received.length, 0)
        assert.deepEqual(await standing(alice), [], 'not even a line')
        await t.station.notifications.choices.change(
          alice.id,
          new Map([['messaging.message', { inApp: true, push: true, mail: true }]]),
        )
        await send(bob, talk, 'two')
        await t.settle()
        await alice.post('/api/v1/auth/logout')
        await after(t, 60)
        assert.deepEqual(shownOn(phone, push), [])
        assert.equal(await t.station.notifications.unread(alice.id), 0, 'no list to stand in')
      }),
    )

    test('not from who is kept away, in private and in a group', needs('relations'), () =>
      world(dialect, async ({ t, push, alice, bob, carol, phone }) => {
        const { id: talk } = await openWith(bob, 'alice')
        await send(bob, talk, 'sent before')
        await t.settle()
        const { id: chat } = await groupOf(bob, alice, carol)
        await alice.put('/api/v1/users/bob/block', {})
        await send(bob, talk, 'are you there?')
        await send(bob, chat, '@alice?')
        await after(t, 5)
        assert.equal(push.received.length, 0)
        await send(carol, chat, 'hello')
        await after(t, 5)
        assert.deepEqual(
          shownOn(phone, push).map(({ tag }) => tag),
          [`chat/${chat}`],
        )
      }),
    )

    test(
      'never twice: when it is heard again, cut off, or a push service was down',
      needs('user-management'),
      () =>
        world(dialect, async ({ t, push, alice, bob, phone }) => {
          const tablet = await deviceOf(push, await elsewhere(t, alice), '/tablet')
          const { id: chat } = await openWith(bob, 'alice')
          push.answers.set('/tablet', 503)
          await send(bob, chat, 'hello')
          await after(t, 5)
          push.answers.delete('/tablet')
          await after(t, 10)
          assert.deepEqual([shownOn(phone, push).length, shownOn(tablet, push).length], [1, 2])
          const { bus, database } = t.station
          const consumer = bus.consumers.find(
            ({ name, type }) => type === 'message.sent' && name.startsWith('messaging'),
          )
          await bus.replay(consumer?.name ?? '', 0)
          await database.transaction(({ session }) =>
            session.run(
              `insert into notification_errands (notification_id, channel, attempts, due_at)
             select id, 'push', 1, at from notifications`,
            ),
          )
          await after(t, 200)
          assert.deepEqual([shownOn(phone, push).length, shownOn(tablet, push).length], [1, 2])
        }),
    )

    const crowds = [
      ['where few can be woken', 0],
      ['where more can than are kept in memory', 501],
    ] as const
    for (const [where, strangers] of crowds) {
      test(`in a large chat ${where}, only who can be gets a line, and none more until they read`, () =>
        world(dialect, async ({ t, push, alice, bob, phone }) => {
          await letBeWoken(t, strangers)
          const { id: chat } = await groupOf(bob, alice)
          await t.station.database.transaction(async ({ session }) => {
            for (let n = 0; n < 1_200; n++) {
              await session.run(
                `insert into messaging_members (chat_id, user_id, role, state, is_banned, joined_ms,
                   joined_seq, read_seq, unread, mentions, marked_unread, archived, cleared_seq,
                   is_hidden, told_seq, told_ms)
                 values (?, ?, 'member', 'in', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)`,
                [chat, `!nobody-${n}`],
              )
            }
            await session.run(`update messaging_chats set fanout = 'read' where id = ?`, [chat])
          })
          await send(bob, chat, 'one')
          await after(t, 5)
          await send(bob, chat, 'two')
          await after(t, 5)
          await send(bob, chat, 'three, @alice')
          await after(t, 5)
          const { seq } = await send(bob, chat, 'four')
          await after(t, 5)
          await ask(alice, 'chats.read', { chat, seq })
          await send(bob, chat, 'five')
          await after(t, 5)
          const bodies = shownOn(phone, push).map(({ body }) => body.split('\n')[0])
          assert.deepEqual(bodies, ['bob: one', 'bob: three, @alice', 'bob: five'])
          const rows = await t.station.database.reader.all('select user_id from notifications')
          assert.deepEqual(
            rows.map((row) => row['user_id']),
            [alice.id],
          )
        }))
    }
  })
}
