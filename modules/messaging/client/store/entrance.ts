import type { Chat } from '../protocol/dto.ts'
import type { Histories } from './histories.ts'
import type { History, Stretch } from './history.ts'
import type { Place, Places } from './places.ts'
import { PAGE } from './timeline.ts'

/** Where somebody comes into a chat, with all that its first picture needs in memory. */
export interface Entrance {
  readonly history: History
  /** A message they want to see; then it does not matter where they stopped reading. */
  readonly target: number | undefined
  readonly place: Place | undefined
  /** 0 when nothing was unread as the chat was opened. */
  readonly unreadFrom: number
  readonly unread: number
  /** What is kept here of the messages around it; undefined where the station has to be asked. */
  readonly kept: Stretch | undefined
}

export interface Kept {
  readonly histories: Histories
  readonly places: Places
}

/** Reads what is kept of a chat around where one comes in. Asks nobody. */
export async function enter(
  { histories, places }: Kept,
  { id, me }: Chat,
  target?: number,
): Promise<Entrance> {
  const [history, place] = await Promise.all([
    histories.of(id),
    target === undefined ? places.of(id) : undefined,
  ])
  const unread = me?.unread ?? 0
  const unreadFrom = me && unread > 0 ? me.readSeq + 1 : 0
  const kept = await history.recall(target ?? place?.seq ?? unreadFrom, PAGE)
  return { history, target, place, unreadFrom, unread, kept }
}
