import type { Entity } from '../schema.ts'
import { addressOf } from '../text/branches.ts'
import { isSafeUrl } from '../text/links.ts'

/** Where the first link of a message leads that is not behind a spoiler; a mail address is none. */
export function firstLink(text: string, entities: readonly Entity[]): string | undefined {
  const covered = entities.filter(({ type }) => type === 'spoiler')
  for (const entity of entities.toSorted((a, b) => a.offset - b.offset)) {
    if (entity.type !== 'link' && entity.type !== 'url') continue
    if (covered.some((cover) => isWithin(entity, cover))) continue
    const words = text.slice(entity.offset, entity.offset + entity.length)
    const url = entity.type === 'link' ? (entity.url ?? '') : addressOf(words)
    if (isSafeUrl(url) && !url.startsWith('mailto:')) return url
  }
  return undefined
}

function isWithin(inner: Entity, outer: Entity): boolean {
  return inner.offset >= outer.offset && inner.offset < outer.offset + outer.length
}
