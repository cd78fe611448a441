import type { IncomingMessage, RequestOptions } from 'node:http'
import { isIP, type LookupFunction } from 'node:net'
import type { Fetched, FetchOrder } from '../port/outside.ts'
import * as plainHttp from '../http/node-http.ts'
import { isPublicAddress } from './public-address.ts'

/** What tests replace: names, and which addresses count as the Internet. */
export interface OutboundWorld {
  /** Addresses of a name, all of them. */
  resolve(host: string): Promise<readonly string[]>
  mayReach(address: string, port: number): boolean
}

const MAX_REDIRECTS = 4
const MAX_HEADER_BYTES = 16_384
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }
const USER_AGENT = 'Quark-Light (link preview)'

const INTERNET: OutboundWorld = {
  resolve: async (host) => {
    const { lookup } = await import('node:dns/promises')
    return (await lookup(host, { all: true })).map(({ address }) => address)
  },
  mayReach: (address, port) => isPublicAddress(address) && (port === 80 || port === 443),
}

type Refusal = Extract<Fetched, { refused: string }>
type Answer = Fetched | { readonly location: string }

/**
 * Requests to addresses that people have named. Each name is asked for once and the connection goes
 * to that very address, so that a name cannot mean a neighbour the second time; every redirect is
 * judged like a new address.
 */
export class Outbound {
  readonly #world: OutboundWorld

  constructor(world: Partial<OutboundWorld> = {}) {
    this.#world = { ...INTERNET, ...world }
  }

  /** @param isAllowed which hosts may be asked at all, also after a redirect. */
  async fetch(order: FetchOrder, isAllowed: (host: string) => boolean): Promise<Fetched> {
    const signal = AbortSignal.timeout(order.timeoutMs)
    let url = URL.parse(order.url)
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const target = url && targetOf(url)
      if (!url || !target || !isAllowed(target.host)) return refusal('address')
      try {
        const answer = await this.#ask(url, target, order, signal)
        if (!('location' in answer)) return answer
        url = URL.parse(answer.location, url)
      } catch {
        return refusal(signal.aborted ? 'time' : 'network')
      }
    }
    return refusal('redirects')
  }

  async #ask(url: URL, target: Target, order: FetchOrder, signal: AbortSignal): Promise<Answer> {
    const { host, port } = target
    const addresses = isIP(host) > 0 ? [host] : await inTime(this.#world.resolve(host), signal)
    const [address] = addresses
    if (address === undefined) return refusal('network')
    if (!addresses.every((each) => this.#world.mayReach(each, port))) return refusal('address')
    const response = await answerOf(url, { ...target, address }, order, signal)
    try {
      return await readAnswer(response, url, order)
    } finally {
      response.destroy()
    }
  }
}

interface Target {
  readonly host: string
  readonly port: number
}

function targetOf({ protocol, hostname, port, username, password }: URL): Target | undefined {
  const standard = DEFAULT_PORTS[protocol]
  if (standard === undefined || username !== '' || password !== '') return undefined
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  return host === '' ? undefined : { host, port: port === '' ? standard : Number(port) }
}

async function answerOf(
  url: URL,
  { host, port, address }: Target & { readonly address: string },
  { types }: FetchOrder,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:'
  const { request } = isSecure ? await import('node:https') : plainHttp
  const options: RequestOptions & { servername?: string } = {
    host,
    port,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      accept: types.join(', '),
      'accept-encoding': 'identity',
      'user-agent': USER_AGENT,
    },
    agent: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    signal,
    lookup: pinnedTo(address),
    ...(isSecure && isIP(host) === 0 ? { servername: host } : {}),
  }
  return new Promise((resolve, reject) => {
    const asked = request(options, resolve)
    asked.on('error', reject)
    asked.end()
  })
}

/** Whatever name is asked for, it is this address. */
function pinnedTo(address: string): LookupFunction {
  const family = isIP(address)
  return (_host, options, answer) => {
    if (options.all) answer(null, [{ address, family }])
    else answer(null, address, family)
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

async function readAnswer(response: IncomingMessage, url: URL, order: FetchOrder): Promise<Answer> {
  const { statusCode = 0, headers } = response
  if (REDIRECTS.has(statusCode) && headers.location !== undefined) {
    return { location: headers.location }
  }
  if (statusCode !== 200) return refusal('status')
  if (!isWanted(headers, order)) return refusal('type')
  const body = await readBody(response, order)
  if (!body) return refusal('size')
  const contentType = headers['content-type'] ?? ''
  return { url: url.href, contentType, base64: body.toString('base64') }
}

/** Of the right kind, and nothing that would have to be unpacked. */
function isWanted(headers: IncomingMessage['headers'], { types }: FetchOrder): boolean {
  const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';')
  return types.includes(type.trim()) && (headers['content-encoding'] ?? 'identity') === 'identity'
}

/** Undefined when it is longer than wanted, and not to be cut. */
async function readBody(
  response: IncomingMessage,
  { maxBytes, isCut = false }: FetchOrder,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes <= maxBytes) continue
    if (!isCut) return undefined
    break
  }
  return Buffer.concat(chunks).subarray(0, maxBytes)
}

function refusal(refused: Refusal['refused']): Refusal {
  return { refused }
}

/** A name server may be as slow as any other. */
async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>()
  const stop = (): void => late.reject(new Error('Too late'))
  signal.addEventListener('abort', stop)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
