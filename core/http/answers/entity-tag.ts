import { createHash } from 'node:crypto'
import type { Coding } from './accepted-encoding.ts'

/** Strong, by content (RFC 9110 §8.8.3). */
export function entityTag(body: Buffer): string {
  return `"${createHash('sha1').update(body).digest('base64url')}"`
}

/** The same content in other bytes is another representation and has a tag of its own. */
export function tagInCoding(tag: string, coding: Coding | undefined): string {
  return coding === undefined ? tag : `${tag.slice(0, -1)}-${coding === 'gzip' ? 'gz' : coding}"`
}

/**
 * Whether `If-None-Match` names this tag: alone, in a list, in the weak form a proxy may have made
 * of it, or by `*` (RFC 9110 §13.1.2).
 */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  if (header === tag) return true
  if (header.trim() === '*') return true
  return header.includes(tag) && (header.match(/"[^"]*"/g)?.includes(tag) ?? false)
}
