import type { Crew } from './crew.ts'
import { tokensFor } from './residents.ts'
import type { Served } from './served.ts'
import type { Town } from './town.ts'

/** What the parts of the messenger are measured on. */
export interface Scene {
  readonly town: Town
  readonly crew: Crew
  readonly station: Served
}

/** Gives the first so many people a socket each. */
export async function gather({ town, crew, station }: Scene, count: number): Promise<void> {
  const tokens = await tokensFor(town.dataDir, town.people.slice(0, count))
  const { open } = await crew.tell('open', { url: station.url, tokens })
  if (open < count) throw new Error(`Only ${open} of ${count} sockets opened`)
}
