import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { brotliDecompressSync } from 'node:zlib'

/** Bytes a browser receives for a page and its style sheets, compressed where the station does. */
export async function pageWeight(url: string): Promise<number> {
  const page = await received(url)
  const sheets = Array.from(page.text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g))
  let { bytes } = page
  for (const [, href = ''] of sheets) bytes += (await sheet(new URL(href, url).href)).bytes
  return bytes
}

interface Received {
  readonly bytes: number
  readonly text: string
}

const sheets = new Map<string, Promise<Received>>()

function sheet(url: string): Promise<Received> {
  const known = sheets.get(url) ?? received(url)
  sheets.set(url, known)
  return known
}

async function received(url: string): Promise<Received> {
  const request = get(url, { headers: { 'accept-encoding': 'br' } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await response.toArray())
  const isPacked = response.headers['content-encoding'] === 'br'
  const text = (isPacked ? brotliDecompressSync(body) : body).toString()
  return { bytes: body.length, text }
}
