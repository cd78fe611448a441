import type { Chat, Person } from '../protocol/dto.ts'
import type { Position } from '../protocol/update-line.ts'
import type { Book } from '../store/book.ts'
import type { Drafts } from '../store/drafts.ts'
import type { Histories } from '../store/histories.ts'
import type { ReadMarks } from '../store/read-marks.ts'
import type { Change, Shelves } from '../store/shelves.ts'

export const POSITION = 'position'

export interface RestartingParts {
  readonly shelves: Shelves
  readonly book: Book
  readonly histories: Histories
  readonly drafts: Drafts
  readonly marks: Pick<ReadMarks, 'over'>
  /** Asks where the log stands. */
  position(): Promise<Position>
  /** Nothing is known of any history from now on. */
  begins(): void
  /** Asks for all chats. */
  list(): Promise<{ readonly chats: readonly Chat[]; readonly people: readonly Person[] }>
}

/**
 * Begins anew when what is kept here cannot be brought up to date. It leaves the shelves only when
 * the list that takes its place is here, all in one step: a tab that is closed meanwhile, or a network
 * that fails, leaves what could be read before. What is fetched from the position on stays.
 */
export async function restart(parts: RestartingParts): Promise<Position> {
  /* The position first and the data afterwards, so that nothing falls between them. */
  const position = await parts.position()
  parts.begins()
  await parts.histories.distrust()
  const listed = await takeList(parts)
  const kept: Change = { shelf: 'meta', key: POSITION, put: position }
  /* What cannot be kept is shown all the same, and asked for again another day. */
  await parts.shelves.write([...parts.histories.renew(), ...listed, kept]).catch(() => undefined)
  return position
}

/** Takes over the whole list as the station has it. */
export async function takeList({
  book,
  drafts,
  marks,
  list,
}: Pick<RestartingParts, 'book' | 'drafts' | 'marks' | 'list'>): Promise<Change[]> {
  const { chats, people } = await list()
  const changes: Change[] = book.replace(marks.over(chats), people)
  for (const { id, me } of chats) changes.push(...drafts.remote(id, me?.draft ?? null))
  return changes
}
