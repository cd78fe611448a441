import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { besideFigures, besides, BLOGS } from './besides.ts'
import { fillBlogs } from './blogs.ts'
import { Crew } from './crew.ts'
import { allTurns, type Figure, measured, ofRounds, pairwise } from './figures.ts'
import { load, type Loaded, type LoadOptions, warmUp } from './load.ts'
import { rssMibOf } from './machine.ts'
import { addResidents, type Resident, tokensFor } from './residents.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 5
const LOGINS = 100
const SOCKETS = 5_000
const KIB_PER_MIB = 1_024
const US_PER_MS = 1_000

interface Scene {
  readonly dataDir: string
  readonly people: readonly Resident[]
  readonly station: Served
}

const PARTS: Readonly<Record<string, (scene: Scene) => Promise<Figure[]>>> = {
  'wrong logins': wrongLogins,
  'session check': sessionCheck,
  'idle sockets': idleSockets,
}

/** What accounts, sessions and open pages cost, and what others feel of it. */
export function peopleFigures(): Promise<Figure[]> {
  return inFolder(async (dataDir) => {
    await whileServed([serveStation(dataDir)], async () => undefined)
    await fillBlogs(join(dataDir, 'quark.db'), BLOGS)
    const raw = new DatabaseSync(join(dataDir, 'quark.db'))
    raw.exec('pragma synchronous=off; begin')
    const people = addResidents(raw, SOCKETS)
    raw.exec('commit')
    raw.close()
    const figures: Figure[] = []
    for (const [name, measure] of Object.entries(PARTS)) {
      const part = (): Promise<Figure[]> =>
        whileServed([serveStation(dataDir)], async (station) => {
          if (!station) throw new Error('The station does not run')
          return measure({ dataDir, people, station })
        })
      figures.push(...(await measured(name, part)))
    }
    return figures
  })
}

async function wrongLogins({ station }: Scene): Promise<Figure[]> {
  const answers = new Map<number, number>()
  let before: number | undefined
  let most = 0
  const flood = async (): Promise<void> => {
    before ??= rssMibOf(station.pid)
    await Promise.all(
      Array.from({ length: LOGINS }, async (_, n) => {
        const answer = await fetch(`${station.url}/api/v1/auth/login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: station.url },
          body: JSON.stringify({ login: `resident-${n}`, password: 'not the password' }),
        })
        await answer.arrayBuffer()
        answers.set(answer.status, (answers.get(answer.status) ?? 0) + 1)
      }),
    )
    most = Math.max(most, rssMibOf(station.pid))
  }
  const figures = besideFigures(
    `during ${LOGINS} wrong logins at once`,
    await besides(station, flood),
  )
  const refused = answers.get(401) ?? 0
  const all = [...answers.values()].reduce((sum, count) => sum + count, 0)
  return [
    ...figures,
    { name: '  of them checked, others asked to wait', value: (refused / all) * 100, unit: '%' },
    {
      name: '  memory the station has taken for them',
      value: most - (before ?? most),
      unit: 'MiB',
      goal: '< 50 MiB',
    },
  ]
}

/** The same answer to a stranger and to somebody signed in. */
async function sessionCheck({ dataDir, people, station }: Scene): Promise<Figure[]> {
  const [token = ''] = await tokensFor(dataDir, people.slice(0, 1))
  const stranger: LoadOptions = {
    paths: ['/api/v1/auth/username/nobody-yet'],
    seconds: 3,
    connections: 16,
  }
  const member = { ...stranger, headers: { authorization: `Bearer ${token}` } }
  await warmUp(station, stranger)
  await warmUp(station, member)
  const turns = await allTurns(ROUNDS, {
    stranger: () => load(station, stranger),
    member: () => load(station, member),
  })
  const us = pairwise(usOf(turns.member), usOf(turns.stranger), (one, other) => one - other)
  const name = 'a request with a session costs more than one without by'
  return [ofRounds(us, { name, unit: 'µs', goal: '≤ 50 µs' })]
}

function usOf(rounds: readonly Loaded[]): number[] {
  return rounds.map(({ cpuMs }) => cpuMs * US_PER_MS)
}

async function idleSockets({ dataDir, people, station }: Scene): Promise<Figure[]> {
  await using crew = await Crew.gather()
  const tokens = await tokensFor(dataDir, people)
  await crew.tell('open', { url: station.url, tokens: tokens.slice(0, 100) })
  await crew.tell('close', {})
  await pause(3_000)
  const before = rssMibOf(station.pid)
  const { open } = await crew.tell('open', { url: station.url, tokens })
  await pause(10_000)
  const kib = ((rssMibOf(station.pid) - before) * KIB_PER_MIB) / open
  return [{ name: `memory of each of ${open} idle sockets`, value: kib, unit: 'KiB', goal: '≤ 20' }]
}
