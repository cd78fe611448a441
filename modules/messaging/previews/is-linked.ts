import type { Room } from '../room.ts'
import type { Entity } from '../schema.ts'
import { firstLink } from './first-link.ts'

/** Whether this station looks at links at all, and whether there is one. */
export function isLinked(
  { app }: Pick<Room, 'app'>,
  text: string,
  entities: readonly Entity[],
): boolean {
  return app.settings['linkPreviews'] !== false && firstLink(text, entities) !== undefined
}
