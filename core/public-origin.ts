import type { Config } from '../config.ts'

/**
 * Where links in letters and pushes lead: the address the operator has set, never one a request
 * names.
 */
export function publicOriginOf({ server }: Pick<Config, 'server'>): string {
  return server.publicUrl ?? `http://localhost:${server.port}`
}
