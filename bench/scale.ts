import { join } from 'node:path'
import { type BlogSize, fillBlogs, MEASURED } from './blogs.ts'
import { allTurns, type Figure } from './figures.ts'
import { load, type LoadOptions, medianOf, warmUp } from './load.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const ROUNDS = 5
/** The same blog among ten and among a thousand others. */
const FEW: BlogSize = { authors: 10, postsEach: 100, paragraphs: 3 }
const MANY: BlogSize = { authors: 1_000, postsEach: 100, paragraphs: 3 }
const HOME = `/user/${MEASURED.username}/blog`
const PAGES: Readonly<Record<string, string>> = {
  home: '/',
  post: `${HOME}/${MEASURED.slug}`,
  blog: HOME,
  tag: `${HOME}/tag/${MEASURED.tag}`,
  archive: `${HOME}/archive/${MEASURED.month}`,
  feed: `${HOME}/feed.xml`,
  'all posts': '/posts',
}
const NOTHING_KEPT = { QUARK_PAGE_CACHE_MB: '0' }

/** Pages made anew at 100 000 posts of 1 000 authors against the same pages at 1 000 posts. */
export function scaleFigures(): Promise<Figure[]> {
  return inFolder(async (dir) => {
    const folders = [join(dir, 'few'), join(dir, 'many')] as const
    for (const [index, size] of [FEW, MANY].entries()) {
      const folder = folders[index] ?? dir
      await whileServed([serveStation(folder)], async () => undefined)
      await fillBlogs(join(folder, 'quark.db'), size)
    }
    const stations = folders.map((folder) => serveStation(folder, NOTHING_KEPT))
    return whileServed(stations, async (few, many) => {
      if (!few || !many) throw new Error('A station does not run')
      const figures: Figure[] = []
      for (const [name, path] of Object.entries(PAGES)) {
        figures.push(await compared(name, path, few, many))
      }
      return figures
    })
  })
}

async function compared(name: string, path: string, few: Served, many: Served): Promise<Figure> {
  const options: LoadOptions = { paths: [path], seconds: 1, connections: 4 }
  await warmUp(few, options)
  await warmUp(many, options)
  const turns = await allTurns(ROUNDS, {
    few: () => load(few, options),
    many: () => load(many, options),
  })
  const ms = medianOf(turns.many).cpuMs
  return {
    name: `${name} at 100 000 posts: processor time`,
    value: ms,
    unit: 'ms',
    ratio: ms / medianOf(turns.few).cpuMs,
    goal: 'ratio ≤ 2 to 1 000 posts',
  }
}
