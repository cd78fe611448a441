import { randomFillSync } from 'node:crypto'

/**
 * A UUIDv7 (RFC 9562 §5.7): 48 bits of milliseconds, then a counter within the millisecond and
 * randomness, so that ids made by one process sort in the order they were made. Not a secret.
 */
let lastMs = 0
let counter = 0
/** Randomness is fetched for 512 ids at once: asking the system for each would cost more than the id. */
const pool = Buffer.allocUnsafe(4_096)
let poolAt = pool.length

export function newId(): string {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    counter = chance(2).readUInt16BE() & 0x3ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const time = lastMs.toString(16).padStart(12, '0')
  const tail = chance(8)
  tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80
  const hex = tail.toString('hex')
  const sequence = counter.toString(16).padStart(3, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${hex.slice(0, 4)}-${hex.slice(4)}`
}

/** Fresh random bytes; each is handed out once. */
function chance(bytes: number): Buffer {
  if (poolAt + bytes > pool.length) {
    randomFillSync(pool)
    poolAt = 0
  }
  return pool.subarray(poolAt, (poolAt += bytes))
}
