import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { readConfig } from '../../../config.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { type Frame, SocketDoor } from '../../../test/support/socket.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const { server } = readConfig({ QUARK_PORT: '0' })

type Dialect = (typeof DIALECTS)[number]

async function listening(dialect: Dialect = 'sqlite', config = {}) {
  const t = await buildTestStation({ dialect, config: { server, ...config } })
  return Object.assign(t, { door: await SocketDoor.of(t) })
}

/** Tells one person `count` things. */
async function tell(t: TestStation, { id }: Visitor, count = 1, more: object = {}): Promise<void> {
  const { database, realtime } = t.station
  for (let n = 0; n < count; n++) {
    await database.transaction((tx) => realtime.push(tx, id, 'test.said', { n, ...more }))
  }
}

function numbers(updates: readonly Frame[] | readonly { pts: number }[]): number[] {
  return updates.map(({ pts = 0 }) => pts)
}

function upTo(to: number, from = 1): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

for (const dialect of DIALECTS) {
  suite(`a socket on ${dialect}`, () => {
    test('is welcomed, and hears what is committed, in order', async () => {
      await using t = await listening(dialect)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await using socket = await t.door.open(alice)
      const welcome = await socket.hello()
      assert.deepEqual(
        { ...welcome, now: 0 },
        {
          t: 'welcome',
          v: 1,
          user: alice.id,
          epoch: t.station.realtime.epoch,
          resume: 'reset',
          pts: 0,
          now: 0,
          hb: 25_000,
          limits: { frame: 65_536, upload: 5_242_880, win: 256 },
          min_client: '1.0.0',
        },
      )
      assert.equal((await socket.hears('live')).pts, 0)
      await tell(t, bob)
      await tell(t, alice, 3, { text: 'привет' })
      await socket.hearsUpTo(3)
      assert.deepEqual(
        socket.updates,
        upTo(3).map((pts) => ({
          t: 'u',
          pts,
          e: { k: 'test.said', n: pts - 1, text: 'привет' },
        })),
      )
    })

    test('resumes where it was: ok, gap, or from the beginning', async () => {
      await using t = await listening(dialect)
      const { epoch } = t.station.realtime
      const alice = await t.person('alice')
      await tell(t, alice, 70)
      const meet = async (resume: object) => {
        await using socket = await t.door.open(alice)
        const welcome = await socket.hello({ resume })
        await socket.hears('live', ({ pts }) => pts === 70)
        return [welcome['resume'], welcome.pts, numbers(socket.updates)]
      }
      assert.deepEqual(await meet({ epoch, pts: 70 }), ['ok', 70, []])
      assert.deepEqual(await meet({ epoch, pts: 3 }), ['gap', 70, upTo(70, 4)])
      assert.deepEqual(await meet({ epoch, pts: 71 }), ['reset', 70, []])
      assert.deepEqual(await meet({ epoch: 'another', pts: 70 }), ['reset', 70, []])
    })

    test('asks methods, and fetches what it lacks', async () => {
      await using t = await listening(dialect)
      const alice = await t.person('alice')
      await tell(t, alice, 5)
      await using socket = await t.door.open(alice)
      await socket.hello()
      const first = await socket.ask('sync.diff', { from: 1, limit: 2 })
      assert.deepEqual(first['r'], {
        u: [
          { pts: 2, e: { k: 'test.said', n: 1 } },
          { pts: 3, e: { k: 'test.said', n: 2 } },
        ],
        to: 3,
        head: 5,
        more: true,
      })
      const { epoch } = t.station.realtime
      const reset = await socket.ask('sync.diff', { from: 6 })
      assert.deepEqual(reset['r'], { reset: true, epoch, pts: 5 })
      const wrong = await socket.ask('sync.diff', { from: -1 })
      assert.equal(wrong['ok'], false)
      assert.deepEqual(
        [(wrong['e'] as Frame)['code'], (wrong['e'] as Frame)['final']],
        ['QL_VALIDATION', true],
      )
      const nothing = await socket.ask('no.thing')
      assert.equal((nothing['e'] as Frame)['code'], 'QL_RT_METHOD_UNKNOWN')
      const ticket = await socket.ask('ticket')
      assert.equal((ticket['e'] as Frame)['code'], 'QL_RT_METHOD_UNKNOWN', 'a route is no method')
      const posted = await alice.post('/api/v1/rt/sync.diff', { from: 4 })
      assert.deepEqual(posted.json(), {
        u: [{ pts: 5, e: { k: 'test.said', n: 4 } }],
        to: 5,
        head: 5,
        more: false,
      })
      assert.equal((await alice.get('/api/v1/rt/bootstrap')).json()['pts'], 5)
    })
  })
}
