import type { Entity } from './entity.ts'

/** Where a link may lead: never to a program. */
const SAFE = /^(?:https?:\/\/[^\s/]|mailto:[^\s@]+@|\/(?![/\\]))/i
const URL_IN_TEXT = /\bhttps?:\/\/[^\s<>"«»“”]+/gi
/** Ends of sentences and brackets around an address are not part of it. */
const TRAILING = /[.,:;!?'*_~|…]+$/
const NAME = /(?<![\p{L}\p{N}_@/.-])@([a-z][a-z0-9_-]{2,31})(?![a-z0-9_@-])/giu
const TAG = /(?<![\p{L}\p{N}_&/#])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,64}/gu

export function isSafeUrl(url: string): boolean {
  return url.length <= 2_000 && SAFE.test(url) && !/[\s\p{Cc}]/u.test(url)
}

/** Addresses, @names and #tags outside code and links that were written by hand. */
export function foundIn(text: string, taken: readonly Entity[]): Entity[] {
  const found: Entity[] = []
  const closed = taken.filter(({ type }) => ['code', 'pre', 'link', 'url'].includes(type))
  const add = (type: 'url' | 'mention' | 'hashtag', offset: number, length: number): void => {
    const isFree = [...closed, ...found].every(
      (other) => offset + length <= other.offset || other.offset + other.length <= offset,
    )
    if (isFree && length > 0) found.push({ type, offset, length })
  }
  for (const match of text.matchAll(URL_IN_TEXT))
    add('url', match.index, addressIn(match[0]).length)
  for (const match of text.matchAll(NAME)) add('mention', match.index, match[0].length)
  for (const match of text.matchAll(TAG)) add('hashtag', match.index, match[0].length)
  return found
}

function addressIn(found: string): string {
  let address = found
  for (;;) {
    const shorter = withoutEnd(address)
    if (shorter === address) return address
    address = shorter
  }
}

function withoutEnd(address: string): string {
  const bare = address.replace(TRAILING, '')
  for (const [open, close] of ['()', '[]', '{}'] as const) {
    if (!bare.endsWith(close ?? '')) continue
    const count = (sign = ''): number => bare.split(sign).length
    if (count(close) > count(open)) return bare.slice(0, -1)
  }
  return bare
}
