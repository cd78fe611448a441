import type { FastifyRequest } from 'fastify'
import type { Locale } from '../../port/requests.ts'
import { type Preferences, preferencesOf } from './preferences.ts'

/** What every answer needs to know of a request. */
export interface RequestFacts {
  readonly requestId: string
  readonly path: string
  /** With the query. */
  readonly url: string
  readonly query: Readonly<Record<string, string>>
  readonly preferences: Preferences
  /** Scheme and host as people see them. */
  readonly origin: string
  readonly ip: string
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly isApi: boolean
}

const HOST = /^[a-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i

export function factsOf(
  request: FastifyRequest,
  publicUrl: string | null,
  fallback: Locale,
): RequestFacts {
  const [path, search] = splitOnce(request.raw.url ?? '/', '?')
  /* Absent where an address was refused before any hook ran. */
  const cookies = request.cookies ?? {}
  return {
    requestId: request.id,
    path,
    url: request.raw.url ?? '/',
    query: Object.fromEntries(new URLSearchParams(search)),
    preferences: preferencesOf(cookies, request.headers['accept-language'], fallback),
    origin: publicUrl ?? originOf(request.headers.host),
    ip: request.ip,
    cookies,
    isApi: path.startsWith('/api/'),
  }
}

/** Only a plain host is repeated in links; anything odd becomes loopback. */
export function originOf(host: string | undefined): string {
  return `http://${host !== undefined && HOST.test(host) ? host : '127.0.0.1'}`
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
