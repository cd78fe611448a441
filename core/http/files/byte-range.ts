import type { ByteRange } from '../../media/storage/driver.ts'

/**
 * What a `Range` header asks of a file (RFC 9110 §14): one range, `unsatisfiable`, or undefined for
 * the whole file. Several ranges at once are answered with the whole, as the standard allows: a
 * hundred small ones would be a cheap way to make the station work.
 */
export function byteRangeOf(
  header: string | undefined,
  bytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return lastBytes(Number(last), bytes)
  const start = Number(first)
  if (last !== '' && Number(last) < start) return undefined
  if (start >= bytes) return 'unsatisfiable'
  return { start, end: last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1) }
}

function lastBytes(count: number, bytes: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || bytes === 0) return 'unsatisfiable'
  return { start: Math.max(0, bytes - count), end: bytes - 1 }
}
