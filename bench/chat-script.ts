import { get } from 'node:http'
import type { Figure } from './figures.ts'
import { tokensFor } from './residents.ts'
import type { Served } from './served.ts'
import type { Town } from './town.ts'

const KB = 1_000

/** All script that the page of chats can load, as it travels. */
export async function chatScript(town: Town, station: Served): Promise<Figure[]> {
  const [token = ''] = await tokensFor(town.dataDir, town.people.slice(0, 1))
  const headers = { authorization: `Bearer ${token}` }
  const page = await fetch(`${station.url}/chats`, { headers, redirect: 'manual' })
  const html = await page.text()
  if (page.status !== 200) throw new Error(`/chats answers ${page.status}`)
  const sizes = new Map<string, number>()
  const queue = [...html.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, path = '']) => path)
  for (const path of queue) {
    if (sizes.has(path)) continue
    sizes.set(path, await gzipBytes(station.url + path))
    const text = await (await fetch(station.url + path)).text()
    for (const [, name = ''] of text.matchAll(/["'](\.\.?\/[^"'\s]+\.js)["']/g)) {
      queue.push(new URL(name, station.url + path).pathname)
    }
  }
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  if (total === 0) throw new Error('The page names no script')
  const name = `script of the messenger, gzip, ${sizes.size} files`
  return [{ name, value: total / KB, unit: 'KB', goal: '≤ 150 KB' }]
}

function gzipBytes(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.on('end', () => resolve(bytes))
    }).on('error', reject)
  })
}
