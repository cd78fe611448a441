import type { Message } from '../protocol/dto.ts'

/** Passed on from an account that is gone, and all that was in it with the account. */
export function isEmptied({ forward, text, media, post }: Message): boolean {
  return forward?.deleted === true && text === '' && media.length === 0 && post === null
}
