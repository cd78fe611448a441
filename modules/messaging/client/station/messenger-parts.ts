import type { Wire, WireEnd } from '#client'
import type { Shelves } from '../store/shelves.ts'
import type { StationClock } from './station-clock.ts'

/** Who is signed in on the page. */
export interface Self {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly avatar: string | null
}

export interface MessengerParts {
  readonly self: Self
  readonly shelves: Shelves
  readonly clock: StationClock
  /** Asked for only where a socket is opened: the browser's answer can take a while. */
  device(): string
  openSocket(end: WireEnd): Wire
}
