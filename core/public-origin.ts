import { isIPv6 } from 'node:net'
import type { Config } from '../config.ts'

/** What a station that listens on every address calls itself on its own machine. */
const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/**
 * Where links in letters and pushes lead: the address the operator has set, never one a request
 * names. Where none is set, the one the console prints: a session of `127.0.0.1` is none of
 * `localhost`.
 */
export function publicOriginOf({ server }: Pick<Config, 'server'>): string {
  return server.publicUrl ?? localOriginOf(server.host, server.port)
}

/** The address of this machine under which it is reached that listens there. */
export function localOriginOf(host: string, port: number): string {
  const name = EVERY_ADDRESS.has(host) ? '127.0.0.1' : host
  return `http://${isIPv6(name) ? `[${name}]` : name}:${port}`
}
