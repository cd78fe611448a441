import type { Entity } from './entity.ts'

/** The text where nobody can press a spoiler to see it: unit for unit the same length. */
export function covered(
  text: string,
  entities: readonly Pick<Entity, 'type' | 'offset' | 'length'>[],
): string {
  return entities
    .filter(({ type }) => type === 'spoiler')
    .reduce((shown, { offset, length }) => {
      const hidden = shown.slice(offset, offset + length).replaceAll(/\S/g, '▒')
      return shown.slice(0, offset) + hidden + shown.slice(offset + length)
    }, text)
}
