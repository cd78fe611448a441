import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fillBlogs, MEASURED } from './blogs.ts'
import { type Figure, median } from './figures.ts'
import { load } from './load.ts'
import { rssMibOf } from './machine.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 5
const IDLE_MS = 5_000
const LOAD_S = 10
const POSTS = { authors: 20, postsEach: 50, paragraphs: 11 }
const HOME = `/user/${MEASURED.username}/blog`
const PATHS = ['/', '/posts', HOME, `${HOME}/${MEASURED.slug}`, `${HOME}/feed.xml`]

/** From `npm start` (without npm itself) over a migrated database to the first answer, and the memory it takes. */
export function startFigures(): Promise<Figure[]> {
  return inFolder(async (dir) => {
    await whileServed([serveStation(dir)], async () => undefined)
    await fillBlogs(join(dir, 'quark.db'), POSTS)
    const health = await firstAnswers(dir, '/health')
    const home = await firstAnswers(dir, '/')
    const memory = await whileServed([serveStation(dir)], async (station) =>
      station ? memoryOf(station) : { idle: Number.NaN, loaded: Number.NaN },
    )
    const goal = '≤ 0.8 s, aim 0.45'
    return [
      { name: 'cold start to the first 200 of /health', value: health, unit: 's', goal },
      { name: 'cold start to the first 200 of /', value: home, unit: 's', goal },
      { name: 'memory 5 s after the start', value: memory.idle, unit: 'MiB', goal: '≤ 110' },
      {
        name: `memory after ${LOAD_S} s of load`,
        value: memory.loaded,
        unit: 'MiB',
        goal: '≤ 180',
      },
    ]
  })
}

async function firstAnswers(dir: string, path: string): Promise<number> {
  const seconds: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await whileServed([serveStation(dir)], async (station) => {
      if (!station) return
      const answer = await fetch(station.url + path)
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
      seconds.push((performance.now() - station.begunAt) / 1000)
    })
  }
  return median(seconds)
}

async function memoryOf(station: Served): Promise<{ idle: number; loaded: number }> {
  await pause(IDLE_MS)
  const idle = rssMibOf(station.pid)
  await load(station, { paths: PATHS, seconds: LOAD_S, connections: 32 })
  return { idle, loaded: rssMibOf(station.pid) }
}
