import { chatScript } from './chat-script.ts'
import { Crew } from './crew.ts'
import {
  allTurns,
  type Figure,
  measured,
  median,
  notRun,
  ofPairs,
  ofRounds,
  pairwise,
  quantile,
} from './figures.ts'
import { cpuMsOf } from './machine.ts'
import { gather, type Scene } from './scene.ts'
import { inFolder, type Served, serve, serveStation, whileServed } from './served.ts'
import { slowReaders, stuckMemory } from './slow-readers.ts'
import { buildTown, CROWD, EVERYBODY, FEW, MEMBERS, SENDERS, SMALL, type Town } from './town.ts'

const ROUNDS = 5
const TEXT_BYTES = 300
const PRESSERS = 64
const US_PER_MS = 1_000

const PARTS: Readonly<Record<string, (scene: Scene) => Promise<Figure[]>>> = {
  'send to acknowledgement': acknowledgement,
  'the last of many members': lastOfMembers,
  'durable sends': durableSends,
  'one thousand members': fanOut,
  'slow readers': slowReaders,
  'a long history': longHistory,
  'script of the messenger': ({ town, station }) => chatScript(town, station),
}

/** What the messenger takes to send, to tell many, to come back and to find its place. */
export function messagingFigures(): Promise<Figure[]> {
  return inFolder(async (dataDir) => {
    const town = await buildTown(dataDir)
    await using crew = await Crew.gather()
    const figures: Figure[] = []
    await whileServed([serveStation(dataDir)], async (station) => {
      if (!station) throw new Error('The station does not run')
      for (const [name, measure] of Object.entries(PARTS)) {
        figures.push(...(await measured(name, () => measure({ town, crew, station }))))
        await crew.tell('close', {})
      }
    })
    figures.push(...(await measured('memory of stuck readers', () => stuckMemory(town, crew))))
    figures.push(...(await measured('clients after kill -9', () => comingBack(town, crew))))
    return figures
  })
}

async function acknowledgement(scene: Scene): Promise<Figure[]> {
  await gather(scene, FEW)
  const order = { chat: scene.town.few, hearers: FEW, bytes: TEXT_BYTES }
  await scene.crew.tell('pace', { ...order, count: 500, gapMs: 0 })
  const { ackMs } = await scene.crew.tell('pace', { ...order, count: 500, gapMs: 5 })
  return [
    { name: 'send to acknowledgement, p50', value: median(ackMs), unit: 'ms', goal: '≤ 5 ms' },
    { name: '  the same, p99', value: quantile(ackMs, 0.99), unit: 'ms', goal: '≤ 30 ms' },
  ]
}

async function lastOfMembers(scene: Scene): Promise<Figure[]> {
  const figures: Figure[] = []
  const groups = [
    [scene.town.small, SMALL],
    [scene.town.members, MEMBERS],
  ] as const
  for (const [chat, members] of groups) {
    await gather(scene, members)
    const order = { chat, hearers: members, bytes: TEXT_BYTES }
    await scene.crew.tell('pace', { ...order, count: 100, gapMs: 0 })
    const { lastMs } = await scene.crew.tell('pace', { ...order, count: 200, gapMs: 20 })
    const name = `send to the last of ${members} members`
    figures.push(
      { name: `${name}, p50`, value: median(lastMs), unit: 'ms' },
      { name: '  the same, p99', value: quantile(lastMs, 0.99), unit: 'ms', goal: '≤ 100 ms' },
    )
    await scene.crew.tell('close', {})
  }
  return figures
}

async function durableSends(scene: Scene): Promise<Figure[]> {
  await gather(scene, 2 * SENDERS)
  const order = { chats: scene.town.pairs, hearers: 2, bytes: TEXT_BYTES, seconds: 2 }
  await scene.crew.tell('press', order)
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const { sends, seconds } = await scene.crew.tell('press', order)
    rates.push(sends / seconds)
  }
  const name = `durable sends, ${SENDERS} people in ${SENDERS} chats`
  return [ofRounds(rates, { name, unit: '/s', goal: '≥ 1 000/s' })]
}

interface Delivered {
  readonly paced: number
  /** From when the first has heard until the last has. */
  readonly told: number
  readonly pressed: number
  /** Processor time of the server for one delivery. */
  readonly pacedUs: number
  readonly pressedUs: number
}

async function fanOut(scene: Scene): Promise<Figure[]> {
  const { crew, town, station } = scene
  const turns = await whileServed([serve(['bench/relay.ts'])], async (relay) => {
    if (!relay) throw new Error('The relay does not run')
    let bytes = TEXT_BYTES
    return allTurns(ROUNDS, {
      station: async () => {
        await gather(scene, CROWD)
        const [delivered, frameBytes] = await delivering(crew, station, town.crowd, TEXT_BYTES)
        bytes = Math.round(frameBytes)
        return delivered
      },
      naive: async () => {
        await crew.tell('open', { url: relay.url, count: CROWD })
        return (await delivering(crew, relay, null, bytes))[0]
      },
    })
  })
  const of = (name: keyof typeof turns, what: keyof Delivered): number[] =>
    turns[name].map((turn) => turn[what])
  const figure = (name: string, what: keyof Delivered, goal: string): Figure[] => {
    const [own, bare] = [of('station', what), of('naive', what)]
    const isTime = what.endsWith('Us')
    const unit = isTime ? 'µs' : '/s'
    const ratios = pairwise(own, bare, (one, other) => (isTime ? other / one : one / other))
    return [
      ofRounds(bare, { name: `bare ws: ${name}`, unit }),
      ofPairs(own, ratios, { name, unit, goal }),
    ]
  }
  return [
    ...figure(`deliveries to ${CROWD}, from the first to the last`, 'told', 'ratio ≥ 0.8'),
    ...figure('  the next when all have heard the last', 'paced', 'ratio ≥ 0.8; each is on disk'),
    ...figure('  processor time of one', 'pacedUs', 'ratio ≥ 0.8'),
    ...figure('  under pressure', 'pressed', 'ratio ≥ 5, unless the crew is slower'),
    ...figure('  processor time of one', 'pressedUs', 'ratio ≥ 5'),
  ]
}

/** @returns what was delivered, and the bytes of one delivery. */
async function delivering(
  crew: Crew,
  { pid }: Served,
  chat: string | null,
  bytes: number,
): Promise<[Delivered, number]> {
  const order = { hearers: CROWD, bytes }
  await crew.tell('pace', { ...order, chat, count: 50, gapMs: 0 })
  const begun = cpuMsOf(pid)
  const paced = await crew.tell('pace', { ...order, chat, count: 100, gapMs: 0 })
  const pacedUs = ((cpuMsOf(pid) - begun) * US_PER_MS) / (paced.lastMs.length * CROWD)
  const chats = Array.from({ length: PRESSERS }, () => chat)
  await crew.tell('press', { ...order, chats, seconds: 1 })
  const before = cpuMsOf(pid)
  const { deliveries, seconds } = await crew.tell('press', { ...order, chats, seconds: 2 })
  const pressedUs = ((cpuMsOf(pid) - before) * US_PER_MS) / deliveries
  await crew.tell('close', {})
  const rate = (paced.lastMs.length * CROWD) / paced.seconds
  const told = (CROWD * 1_000) / median(paced.tellMs)
  const pressed = deliveries / seconds
  return [{ paced: rate, told, pressed, pacedUs, pressedUs }, paced.frameBytes]
}

async function longHistory(scene: Scene): Promise<Figure[]> {
  const { crew, town } = scene
  await gather(scene, FEW)
  const { short, long } = town.histories
  const asked: Record<string, (chat: string, count: number) => [string, object]> = {
    opens: (chat) => ['chats.get', { chat }],
    'newest page': (chat) => ['msg.history', { chat }],
    'page in the middle': (chat, count) => ['msg.history', { chat, before: count / 2 }],
    'jump to a message': (chat, count) => ['msg.history', { chat, around: Math.floor(count / 3) }],
    searches: (chat) => ['msg.search', { chat, q: 'берег дорога' }],
  }
  const figures: Figure[] = []
  for (const [what, ask] of Object.entries(asked)) {
    const name = `chat of 1 000 000 messages ${what}`
    const calls = [ask(short, 1_000), ask(long, 1_000_000)].map(([method, input]) => ({
      method,
      input,
    }))
    figures.push(
      ...(await measured(name, async () => {
        const { ms } = await crew.tell('ask', { calls, rounds: 100 })
        const [few = Number.NaN, many = Number.NaN] = ms.map(median)
        const goal = 'ratio ≤ 2 to 1 000 messages'
        return [{ name, value: many, unit: 'ms', ratio: many / few, goal }]
      })),
    )
  }
  return figures
}

/** The station is killed under its clients and started again; they come back by themselves. */
async function comingBack(town: Town, crew: Crew): Promise<Figure[]> {
  let returned: Awaited<ReturnType<typeof crew.tell<'comeBack'>>> | undefined
  await whileServed([serveStation(town.dataDir)], async (station) => {
    if (!station) throw new Error('The station does not run')
    await gather({ town, crew, station }, EVERYBODY)
    const back = crew.tell('comeBack', {})
    process.kill(station.pid, 'SIGKILL')
    const { port } = new URL(station.url)
    await whileServed([serveStation(town.dataDir, { QUARK_PORT: port })], async () => {
      returned = await back
    })
  })
  if (!returned) return [notRun('clients after kill -9', 'nobody came back')]
  const { ms, attempts, resets } = returned
  const goal = '≤ 15 s'
  const seconds = (part: number): number => quantile(ms, part) / 1_000
  return [
    {
      name: `${EVERYBODY} clients are back after kill -9, the last`,
      value: seconds(1),
      unit: 's',
      goal,
    },
    { name: '  half of them', value: seconds(0.5), unit: 's' },
    { name: '  attempts of each', value: attempts / ms.length, unit: '' },
    { name: '  that had to begin anew', value: resets, unit: '', goal: '0' },
  ]
}
