import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TAIL_SPACE = 32 ** 5
const PATTERN = /^[0-9A-Za-z_-]{1,40}$/

let lastMs = 0
let tail = 0

/**
 * A new block id: 14 characters, 9 of time in milliseconds and 5 of chance. Ids made later sort
 * later, also within one millisecond, as long as the clock does not run backwards between starts.
 */
export function newBlockId(nowMs: number = Date.now()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    // Half of the space is left free, so that counting up inside a millisecond cannot overflow soon.
    tail = randomBytes(4).readUInt32BE() % (TAIL_SPACE / 2)
  } else if (++tail >= TAIL_SPACE) {
    lastMs += 1
    tail = 0
  }
  return encode(lastMs, 9) + encode(tail, 5)
}

export function isBlockId(value: unknown): value is string {
  return typeof value === 'string' && PATTERN.test(value)
}

function encode(value: number, length: number): string {
  let rest = value
  let text = ''
  for (let i = 0; i < length; i++) {
    text = ALPHABET.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}
