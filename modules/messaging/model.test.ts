import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DialectName, DIALECTS } from '../../test/support/databases.ts'
import { belonging } from '../../test/support/model/belonging.ts'
import { devices, faults } from '../../test/support/model/faults.ts'
import { keeping } from '../../test/support/model/keeping.ts'
import type { Deed } from '../../test/support/model/scene.ts'
import { talking } from '../../test/support/model/talking.ts'
import { type Fanout, ModelWorld } from '../../test/support/model/world.ts'

/** Longer runs are asked for with `QUARK_MODEL_RUNS`, and one again with `QUARK_MODEL_SEED`. */
const RUNS = Number(process.env['QUARK_MODEL_RUNS'] ?? '3')
const SEED = Number(process.env['QUARK_MODEL_SEED'] ?? randomInt(2 ** 31))
/** Beside others on a busy machine; it ends what hangs. */
const MOST_OF_A_RUN_MS = 60_000

const FANOUTS: readonly Fanout[] = ['write', 'read']
const DEEDS: Readonly<Record<string, Deed>> = {
  ...talking,
  ...keeping,
  ...belonging,
  ...devices,
  ...faults,
}

/** How often something is done; starting a station takes longer than all else together. */
function weightOf(name: string): number {
  if (name in faults) return 1
  return name in talking ? 10 : 4
}

const deed = fc.record({
  what: fc.oneof(
    ...Object.keys(DEEDS).map((name) => ({ arbitrary: fc.constant(name), weight: weightOf(name) })),
  ),
  /* Who made the chats may do most in them. */
  by: fc.constantFrom(0, 0, 1, 2),
  toward: fc.constantFrom(1, 2),
  device: fc.constantFrom(0, 1),
  chat: fc.constantFrom(0, 1, 2),
  back: fc.nat({ max: 5 }),
  n: fc.integer({ min: 1, max: 12 }),
})

type Drawn = typeof deed extends fc.Arbitrary<infer Each> ? Each : never

/** @returns what was done, in words. */
async function act(world: ModelWorld, drawn: Drawn): Promise<string> {
  const { what, by, toward, device, chat: index, back, n } = drawn
  const { people, chats } = world
  const [who, other, chat] = [people[by], people[(by + toward) % people.length], chats[index]]
  assert.ok(who && other && chat)
  const seq = Math.max(1, (await world.lastSeq(chat)) - back)
  const done = await DEEDS[what]?.({ world, who, other, device, chat, seq, n })
  const how = Object(done).status ?? 'done'
  return `${who.username} ${what} ${other.username}: chat ${index}, seq ${seq}, n ${n}: ${how}`
}

function runsOn(dialect: DialectName): number {
  return dialect === 'sqlite' ? RUNS * 4 : RUNS
}

async function play(world: ModelWorld, deeds: readonly Drawn[]): Promise<void> {
  const story: string[] = []
  await world.begin()
  try {
    for (const each of deeds) {
      story.push(await act(world, each))
      await world.look()
    }
    await world.assertTold()
    await world.assertUnseen()
    await world.assertCounted()
  } catch (error) {
    throw new Error(`It went wrong after\n${story.join('\n')}`, { cause: error })
  }
  await world.dropAll()
}

for (const dialect of DIALECTS) {
  for (const fanout of FANOUTS)
    test(
      `${dialect}, ${fanout}: whatever people do, what devices were told is what is there`,
      {
        timeout: runsOn(dialect) * MOST_OF_A_RUN_MS,
      },
      async (t) => {
        t.diagnostic(`QUARK_MODEL_SEED=${SEED}`)
        await using world = await ModelWorld.of(dialect, fanout)
        await fc.assert(
          fc.asyncProperty(fc.array(deed, { minLength: 30, maxLength: 80 }), (deeds) =>
            play(world, deeds),
          ),
          {
            seed: SEED,
            numRuns: runsOn(dialect),
            endOnFailure: true,
          },
        )
      },
    )
}
