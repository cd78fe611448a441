import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const DEAD = `insert into event_deliveries (consumer, seq, subject, state, attempts, next_at, error)
  select c.name, (select max(seq) from events), 'user/1', 'dead', 9, '2026-01-01T00:00:00.000Z', 'no'
  from event_consumers c order by c.name limit 1`
const ALIVE = `delete from event_deliveries where state = 'dead'`

async function run(t: TestStation, statement: string): Promise<void> {
  await t.station.database.transaction(({ session }) => session.run(statement))
}

async function later(t: TestStation): Promise<void> {
  t.clock.advance({ minutes: 5 })
  await t.station.scheduler.tick()
}

async function told(who: Visitor): Promise<{ text: string; url: string; isRead: boolean }[]> {
  const answer = await who.get('/api/v1/notifications?filter=station')
  return answer.json<{ items: { text: string; url: string; isRead: boolean }[] }>().items
}

for (const dialect of DIALECTS) {
  suite(`what is wrong with a station on ${dialect}`, () => {
    test('is told once to who keeps it, and taken back when it is over', async () => {
      await using t = await buildTestStation({ dialect })
      const [owner, moderator] = [
        await staff(t, 'marie', 'owner'),
        await staff(t, 'moss', 'moderator'),
      ]
      const alice = await t.person('alice')
      await later(t)
      assert.deepEqual(await told(owner), [])
      await run(t, DEAD)
      await later(t)
      await later(t)
      const [line, ...more] = await told(owner)
      assert.equal(more.length, 0)
      assert.match(line?.text ?? '', /could not be handled/)
      assert.deepEqual([...(await told(moderator)), ...(await told(alice))], [])
      await owner.put('/api/v1/notifications/read', { all: true })
      await later(t)
      assert.deepEqual(
        (await told(owner)).map(({ isRead }) => isRead),
        [true],
        'who has read of it is not told again',
      )
      await run(t, ALIVE)
      await later(t)
      assert.deepEqual(await told(owner), [])
      await run(t, DEAD)
      await later(t)
      assert.equal((await told(owner)).length, 1, 'it has come back')
    })

    test('can be chosen and filtered by nobody else', async () => {
      await using t = await buildTestStation({ dialect })
      const [owner, alice] = [await staff(t, 'marie', 'owner'), await t.person('alice')]
      const choice = 'Something is wrong with the station'
      assert.ok((await owner.get('/settings')).text.includes(choice))
      assert.ok(!(await alice.get('/settings')).text.includes(choice))
      const filter = 'href="/notifications?filter=station"'
      assert.ok((await owner.get('/notifications')).text.includes(filter))
      assert.ok(!(await alice.get('/notifications')).text.includes(filter))
    })
  })
}
