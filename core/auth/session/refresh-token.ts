import { createHmac, timingSafeEqual } from 'node:crypto'

const ID_BYTES = 16
const HEAD_BYTES = ID_BYTES + 4
const TOKEN = /^[A-Za-z0-9_-]{70}$/

/** Which refresh token of which session. */
export interface RefreshToken {
  readonly sessionId: string
  /** Counts from 0; the row of the session holds the current one. */
  readonly generation: number
}

/**
 * Writes a refresh token: session, generation and a MAC of both under the station's key. Being
 * derived it need not be stored, a stolen database holds none, two tabs that ask at once get the
 * same successor, and any earlier token is recognised as used, however old.
 */
export function writeRefreshToken(token: RefreshToken, key: Buffer): string {
  const head = Buffer.alloc(HEAD_BYTES)
  head.write(token.sessionId.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(token.generation, ID_BYTES)
  return Buffer.concat([head, mac(head, key)]).toString('base64url')
}

/** Reads what {@link writeRefreshToken} wrote; null for anything else. */
export function readRefreshToken(text: string, key: Buffer): RefreshToken | null {
  if (!TOKEN.test(text)) return null
  const bytes = Buffer.from(text, 'base64url')
  const head = bytes.subarray(0, HEAD_BYTES)
  if (!timingSafeEqual(bytes.subarray(HEAD_BYTES), mac(head, key))) return null
  const hex = head.toString('hex', 0, ID_BYTES)
  const groups = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ]
  return { sessionId: groups.join('-'), generation: head.readUInt32BE(ID_BYTES) }
}

function mac(head: Buffer, key: Buffer): Buffer {
  return createHmac('sha256', key).update('refresh').update(head).digest()
}
