import { writeFile } from 'node:fs/promises'
import { get, type IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import { fillBlogs, MEASURED } from './blogs.ts'
import { allTurns, type Figure } from './figures.ts'
import { load, type LoadOptions, medianOf, warmUp } from './load.ts'
import { inFolder, serve, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 5
const PATH = `/user/${MEASURED.username}/blog/${MEASURED.slug}`
const POSTS = { authors: 20, postsEach: 50, paragraphs: 11 }
const LOAD: LoadOptions = { paths: [PATH], seconds: 2, connections: 32 }

/** A post page for strangers: kept bytes against bare node:http, made anew against the smallest page. */
export function pageFigures(): Promise<Figure[]> {
  return inFolder(async (dir) => {
    await whileServed([serveStation(dir)], async () => undefined)
    await fillBlogs(join(dir, 'quark.db'), POSTS)
    const kept = await whileServed([serveStation(dir)], async (station) =>
      station ? keptFigures(station, dir) : [],
    )
    return [...kept, ...(await madeFigures(dir))]
  })
}

async function keptFigures(station: Served, dir: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const encoding of ['identity', 'gzip', 'br']) {
    const { body, headers } = await answerOf(station, encoding)
    const file = join(dir, `body-${encoding}`)
    await writeFile(file, body)
    const bare = ['bench/limit-bytes.ts', file, JSON.stringify(headers)]
    const options = { ...LOAD, headers: { 'accept-encoding': encoding } }
    const turns = await whileServed([serve(bare)], async (limit) => {
      if (!limit) throw new Error('The limit does not run')
      await warmUp(station, options)
      await warmUp(limit, options)
      return allTurns(ROUNDS, {
        limit: () => load(limit, options),
        station: () => load(station, options),
      })
    })
    const limit = medianOf(turns.limit)
    const own = medianOf(turns.station)
    const what = `${encoding}, ${(body.byteLength / 1024).toFixed(1)} KB`
    figures.push(
      { name: `bare node:http, ${what}`, value: limit.perSecond, unit: 'req/s' },
      {
        name: `kept post page, ${what}`,
        value: own.perSecond,
        unit: 'req/s',
        ratio: own.perSecond / limit.perSecond,
        goal: 'ratio ≥ 0.6, aim 0.8',
      },
      {
        name: '  the same in processor time of a request',
        value: own.cpuMs * 1000,
        unit: 'µs',
        ratio: limit.cpuMs / own.cpuMs,
      },
    )
  }
  return figures
}

async function madeFigures(dir: string): Promise<Figure[]> {
  const servers = [
    serve(['bench/limit-page.ts', join(dir, 'quark.db')]),
    serveStation(dir, { QUARK_PAGE_CACHE_MB: '0' }),
  ]
  return whileServed(servers, async (limit, station) => {
    if (!limit || !station) throw new Error('Two servers are needed')
    const sizes = await Promise.all([limit, station].map((each) => answerOf(each, 'identity')))
    const [limitKb = '', stationKb = ''] = sizes.map(({ body }) => (body.length / 1024).toFixed(1))
    await warmUp(limit, LOAD)
    await warmUp(station, LOAD)
    const turns = await allTurns(ROUNDS, {
      limit: () => load(limit, LOAD),
      station: () => load(station, LOAD),
    })
    const least = medianOf(turns.limit)
    const own = medianOf(turns.station)
    return [
      { name: `smallest page, ${limitKb} KB: processor time`, value: least.cpuMs, unit: 'ms' },
      {
        name: `post page made each time, ${stationKb} KB: processor time`,
        value: own.cpuMs,
        unit: 'ms',
        ratio: own.cpuMs / least.cpuMs,
        goal: 'ratio ≤ 2, aim 1.4',
      },
      {
        name: 'post page made each time',
        value: own.perSecond,
        unit: 'req/s',
        ratio: own.perSecond / least.perSecond,
      },
    ]
  })
}

interface Answer {
  readonly body: Buffer
  /** Without those that node:http adds to every answer by itself. */
  readonly headers: IncomingHttpHeaders
}

/** The bytes as they travel: `fetch` would unpack them. */
function answerOf(server: Served, encoding: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(`${server.url}${PATH}`, { headers: { 'accept-encoding': encoding } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const {
          date: _date,
          connection: _connection,
          'keep-alive': _alive,
          ...headers
        } = response.headers
        if (response.statusCode === 200) resolve({ body: Buffer.concat(chunks), headers })
        else reject(new Error(`${PATH} answered ${response.statusCode}`))
      })
    }).on('error', reject)
  })
}
