import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import sharp from 'sharp'
import { fillBlogs, MEASURED } from './blogs.ts'
import { Crew } from './crew.ts'
import { allTurns, type Figure, measured, median } from './figures.ts'
import { load, type LoadOptions, medianOf, warmUp } from './load.ts'
import { rssMibOf } from './machine.ts'
import { probe } from './probe.ts'
import { addResidents, type Resident, tokensFor } from './residents.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 3
const PROBE_S = 2
const LOGINS = 100
const SOCKETS = 5_000
const POST = `/user/${MEASURED.username}/blog/${MEASURED.slug}`
const WATCHED = ['/health', POST]
const BLOGS = { authors: 5, postsEach: 20, paragraphs: 11 }
const KIB_PER_MIB = 1_024

interface Scene {
  readonly dataDir: string
  readonly people: readonly Resident[]
  readonly station: Served
}

const PARTS: Readonly<Record<string, (scene: Scene) => Promise<Figure[]>>> = {
  'wrong logins': wrongLogins,
  'session check': sessionCheck,
  'a picture of 12 megapixels': picture,
  'idle sockets': idleSockets,
}

/** What accounts, sessions, pictures and open pages cost, and what others feel of it. */
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

/** p99 of the watched pages in quiet, and while `trouble` goes on again and again. */
async function besides(
  station: Served,
  trouble: () => Promise<void>,
): Promise<{ readonly quiet: number[]; readonly busy: number[] }> {
  await probe(station, WATCHED, PROBE_S)
  const turns = await allTurns(ROUNDS, {
    quiet: () => probe(station, WATCHED, PROBE_S),
    busy: async () => {
      const over = new AbortController()
      const troubled = (async () => {
        while (!over.signal.aborted) await trouble()
      })()
      const found = await probe(station, WATCHED, PROBE_S)
      over.abort()
      await troubled
      return found
    },
  })
  const medians = (found: number[][]): number[] =>
    WATCHED.map((_, index) => median(found.map((each) => each[index] ?? Number.NaN)))
  return { quiet: medians(turns.quiet), busy: medians(turns.busy) }
}

function besideFigures(
  what: string,
  { quiet, busy }: { readonly quiet: number[]; readonly busy: number[] },
): Figure[] {
  return ['/health', 'a post page'].flatMap((page, index): Figure[] => {
    const [calm = Number.NaN, value = Number.NaN] = [quiet[index], busy[index]]
    return [
      { name: `p99 of ${page} in quiet`, value: calm, unit: 'ms' },
      { name: `  the same ${what}`, value, unit: 'ms', ratio: value / calm, goal: 'ratio < 2' },
    ]
  })
}

async function wrongLogins({ station }: Scene): Promise<Figure[]> {
  const answers = new Map<number, number>()
  const flood = async (): Promise<void> => {
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
  ]
}

/** The same answer to a stranger and to somebody signed in. */
async function sessionCheck({ dataDir, people, station }: Scene): Promise<Figure[]> {
  const [token = ''] = await tokensFor(dataDir, people.slice(0, 1))
  const stranger: LoadOptions = {
    paths: ['/api/v1/auth/username/nobody-yet'],
    seconds: 2,
    connections: 16,
  }
  const member = { ...stranger, headers: { authorization: `Bearer ${token}` } }
  await warmUp(station, stranger)
  await warmUp(station, member)
  const turns = await allTurns(ROUNDS, {
    stranger: () => load(station, stranger),
    member: () => load(station, member),
  })
  const us = (medianOf(turns.member).cpuMs - medianOf(turns.stranger).cpuMs) * 1_000
  const name = 'a request with a session costs more than one without by'
  return [{ name, value: us, unit: 'µs', goal: '≤ 50 µs' }]
}

async function picture({ dataDir, people, station }: Scene): Promise<Figure[]> {
  const [token = ''] = await tokensFor(dataDir, people.slice(0, 1))
  const seconds: number[] = []
  const base = await twelveMegapixels()
  let number = 0
  const upload = async (): Promise<void> => {
    /* Another file each time, or the station would know the picture. */
    const bytes = Buffer.concat([base, Buffer.from(String(number++))])
    const form = new FormData()
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg')
    const begun = performance.now()
    const answer = await fetch(`${station.url}/api/v1/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    })
    const text = await answer.text()
    if (answer.status !== 201) throw new Error(`An upload answers ${answer.status}: ${text}`)
    seconds.push((performance.now() - begun) / 1_000)
  }
  const figures = besideFigures('while pictures come in', await besides(station, upload))
  const name = 'a picture of 12 megapixels until its variants are stored'
  return [{ name, value: median(seconds), unit: 's', goal: '≤ 1.5 s' }, ...figures]
}

/** Soft hills with a little noise, about 3 MB. */
async function twelveMegapixels(): Promise<Buffer> {
  const [width, height] = [400, 300]
  const pixels = Buffer.alloc(width * height * 3)
  for (let at = 0; at < pixels.length; at++) {
    pixels[at] = 128 + 90 * Math.sin(at / 311) + ((at * 7) % 31)
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(4_000, 3_000)
    .jpeg({ quality: 90 })
    .toBuffer()
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
