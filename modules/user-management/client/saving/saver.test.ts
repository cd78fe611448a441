import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Change, type SaveAnswer, Saver, type SaveState } from './saver.ts'

const TAKEN: SaveAnswer = { status: 200, errors: {} }

/** A station and a clock under the test's own hand. */
class World {
  readonly sent: Change[] = []
  readonly shown: SaveState[] = []
  told: SaveAnswer['errors'] = {}
  answer: () => Promise<SaveAnswer> = async () => TAKEN
  readonly #timers = new Set<{ run: () => void; ms: number }>()
  readonly saver = new Saver({
    send: (change) => {
      this.sent.push(change)
      return this.answer()
    },
    later: (run, ms) => {
      const timer = { run, ms }
      this.#timers.add(timer)
      return () => this.#timers.delete(timer)
    },
    show: (state) => this.shown.push(state),
    tell: (errors) => (this.told = errors),
  })

  /** Lets every timer run out that is due within `ms`. */
  async pass(ms: number): Promise<void> {
    const due = [...this.#timers].filter((timer) => timer.ms <= ms)
    for (const timer of due) {
      this.#timers.delete(timer)
      timer.run()
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('what is typed is sent once, after a pause', async () => {
  const world = new World()
  world.saver.change({ bio: 'a' })
  world.saver.change({ bio: 'ab' })
  world.saver.change({ displayName: 'Anna' })
  assert.deepEqual(world.sent, [])
  assert.equal(world.saver.isAtRisk, true)
  await world.pass(700)
  assert.deepEqual(world.sent, [{ bio: 'ab', displayName: 'Anna' }])
  assert.deepEqual(world.shown, ['saved'])
  assert.equal(world.saver.isAtRisk, false)
})

test('a slow answer says that it is saving, and one request is under way at a time', async () => {
  const world = new World()
  const { promise, resolve } = Promise.withResolvers<SaveAnswer>()
  world.answer = () => promise
  world.saver.change({ bio: 'a' })
  const sending = world.saver.flush()
  await world.pass(300)
  assert.deepEqual(world.shown, ['saving'])
  world.saver.change({ bio: 'b' })
  await world.saver.flush()
  assert.equal(world.sent.length, 1)
  world.answer = async () => TAKEN
  resolve(TAKEN)
  await sending
  await world.pass(0)
  assert.deepEqual(world.sent, [{ bio: 'a' }, { bio: 'b' }])
  assert.equal(world.saver.isAtRisk, false)
})

test('without a network what was typed waits, and is sent with what came after', async () => {
  const world = new World()
  world.answer = () => Promise.reject(new TypeError('Failed to fetch'))
  world.saver.change({ bio: 'a', place: 'Kem' })
  await world.saver.flush()
  assert.deepEqual(world.shown, ['offline'])
  assert.equal(world.saver.isAtRisk, true)
  world.saver.change({ bio: 'b' })
  world.answer = async () => TAKEN
  await world.saver.flush()
  assert.deepEqual(world.sent.at(-1), { bio: 'b', place: 'Kem' })
  assert.deepEqual(world.shown, ['offline', 'saved'])
})

test('a station that is busy is asked again, ever more seldom', async () => {
  const world = new World()
  world.answer = async () => ({ status: 503, errors: {} })
  world.saver.change({ bio: 'a' })
  await world.saver.flush()
  await world.pass(1_999)
  assert.equal(world.sent.length, 1)
  await world.pass(2_000)
  assert.equal(world.sent.length, 2)
  await world.pass(2_000)
  assert.equal(world.sent.length, 2)
  await world.pass(4_000)
  assert.equal(world.sent.length, 3)
})

test('what is refused is said by field and not sent again by itself', async () => {
  const world = new World()
  world.answer = async () => ({ status: 422, errors: { bio: 'Too long' } })
  world.saver.change({ bio: 'a' })
  await world.saver.flush()
  assert.deepEqual(world.shown, ['refused'])
  assert.deepEqual(world.told, { bio: 'Too long' })
  await world.pass(60_000)
  assert.equal(world.sent.length, 1)
  world.answer = async () => TAKEN
  world.saver.change({ bio: 'b' })
  await world.saver.flush()
  assert.deepEqual(world.told, {})
})
