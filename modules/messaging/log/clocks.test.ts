import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  historyOf,
  newCid,
  refused,
  rt,
  send,
} from '../../../test/support/messenger.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const DAY_MS = 86_400_000

/** The number at the messenger, on any page. */
async function waitingIn(who: Visitor): Promise<string | undefined> {
  const { text } = await who.get('/notifications')
  const [item = ''] = /<a[^>]*href="\/chats"[^>]*>.*?<\/a>/s.exec(text) ?? []
  return /class="badge">(\d+)</.exec(item)?.[1]
}

for (const dialect of DIALECTS) {
  suite(`clocks that are wrong on ${dialect}`, () => {
    test('change neither the order nor how long anything lasts, nor end a session', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      const clientTimes = [-3 * DAY_MS, 2 * 3_600_000].map((by) =>
        new Date(t.clock.now().getTime() + by).toISOString(),
      )
      for (const date of clientTimes) {
        const order = { chat, cid: newCid(), text: 'my clock says', date }
        assert.equal((await rt(bob, 'msg.send', order)).status, 422, 'nobody asks a client')
      }
      for (let n = 1; n <= 3; n++) {
        await send(alice, chat, `a${n}`)
        await send(bob, chat, `b${n}`)
        t.clock.advance({ seconds: 1 })
      }
      t.clock.advance({ seconds: 30 })
      const hour = new Date(t.clock.now().getTime() + 3_600_000).toISOString()
      await ask(bob, 'chats.mute', { chat, forS: 3_600 })
      await ask(alice, 'chats.update', { chat, slowModeS: 30 })
      await send(bob, chat, 'before')
      t.clock.advance({ seconds: -90 })
      assert.equal(
        await refused(bob, 'msg.send', { chat, cid: newCid(), text: 'too soon' }),
        'QL_MSG_SLOW_MODE',
      )
      t.clock.advance({ seconds: 30 })
      await send(bob, chat, 'later')
      await send(alice, chat, 'whatever')
      const items = await historyOf(alice, chat, { limit: 50 })
      assert.deepEqual(
        items.filter(({ kind }) => kind === 'text').map(({ text }) => text),
        'a1 b1 a2 b2 a3 b3 before later whatever'.split(' '),
      )
      for (const [index, { date, seq }] of items.entries()) {
        const before = items[index - 1]
        assert.equal(seq, (before?.seq ?? 0) + 1)
        assert.ok(before === undefined || before.date <= date, `${before?.date} before ${date}`)
      }
      assert.equal((await chatOf(bob, chat)).me?.mutedUntil, hour)
      assert.equal((await bob.get('/api/v1/rt/bootstrap')).status, 200, 'the session goes on')
      t.clock.advance({ minutes: 58 })
      assert.equal(await waitingIn(bob), undefined, 'still muted')
      t.clock.advance({ minutes: 4 })
      assert.equal(await waitingIn(bob), '1', 'an hour is over')
      assert.equal((await bob.get('/api/v1/rt/bootstrap')).status, 200)
    })
  })
}
