import type { Crew } from './crew.ts'
import { type Figure, ofPairs, ofRounds, pairwise, quantile } from './figures.ts'
import { rssMibOf } from './machine.ts'
import { gather, type Scene } from './scene.ts'
import { serveStation, whileServed } from './served.ts'
import { MEMBERS, type Town } from './town.ts'

const ROUNDS = 5
const TEXT_BYTES = 1_000
const SLOW_BYTES_PER_S = 1_000
/** One alone would be lost in what a process takes and gives back by itself. */
const STUCK = 100
const SENDERS = 8
/** Together more than the kernel and the station hold for one socket. */
const MUCH = { messages: 3_000, bytes: 4_000 }

/** What others notice of one who reads nothing, and of one who reads a kilobyte a second. */
export async function slowReaders(scene: Scene): Promise<Figure[]> {
  const { crew, town } = scene
  const order = { chat: town.members, bytes: TEXT_BYTES, perSecond: 50, seconds: 4 }
  const free: number[] = []
  const held: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await gather(scene, MEMBERS)
    await crew.tell('steady', { ...order, seconds: 1, hearers: MEMBERS })
    const { ms } = await crew.tell('steady', { ...order, hearers: MEMBERS })
    free.push(quantile(ms, 0.99))
    await crew.tell('stick', { member: MEMBERS - 1 })
    await crew.tell('slow', { member: MEMBERS - 2, bytesPerS: SLOW_BYTES_PER_S })
    const { ms: others } = await crew.tell('steady', { ...order, hearers: MEMBERS - 2 })
    held.push(quantile(others, 0.99))
    await crew.tell('close', {})
  }
  const ratios = pairwise(held, free, (one, other) => one / other)
  return [
    ofRounds(free, { name: `p99 of ${MEMBERS} at 50 messages/s, all read`, unit: 'ms' }),
    ofPairs(held, ratios, {
      name: '  the same of others while one reads nothing and one 1 KB/s',
      unit: 'ms',
      goal: 'ratio ≤ 1.1',
    }),
  ]
}

/** What a station that was just started grows by when half of a group's sockets are read no more. */
export async function stuckMemory(town: Town, crew: Crew): Promise<Figure[]> {
  const mib: number[] = []
  await whileServed([serveStation(town.dataDir)], async (station) => {
    if (!station) throw new Error('The station does not run')
    await gather({ town, crew, station }, MEMBERS)
    const grow = async (hearers: number): Promise<number[]> => {
      const held: number[] = []
      for (let sends = 0; sends < MUCH.messages;) {
        const chats = Array.from({ length: SENDERS }, () => town.members)
        const order = { chats, hearers, bytes: MUCH.bytes, seconds: 2 }
        sends += (await crew.tell('press', order)).sends
        held.push(rssMibOf(station.pid))
      }
      return held
    }
    const before = Math.max(...(await grow(MEMBERS)))
    for (let n = 1; n <= STUCK; n++) await crew.tell('stick', { member: MEMBERS - n })
    const after = await grow(MEMBERS - STUCK)
    mib.push((Math.max(...after) - before) / STUCK)
    await crew.tell('close', {})
  })
  const name = `memory of a stuck socket, one of ${STUCK} in a group`
  return mib.map((value) => ({ name, value, unit: 'MiB', goal: '≤ 2 MiB' }))
}
