import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts a short text with AES-256-GCM. `purpose` is bound to it: what was sealed for one purpose
 * or person opens for no other.
 */
export function seal(text: string, purpose: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose))
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

/** What {@link seal} sealed; null for anything else, another purpose or another key. */
export function unseal(sealed: string, purpose: string, key: Buffer): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  const isOneOfOurs = bytes.toString('base64url') === sealed
  if (!isOneOfOurs || bytes.length < NONCE_BYTES + TAG_BYTES) return null
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const options = { authTagLength: TAG_BYTES }
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, options)
    .setAAD(Buffer.from(purpose))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
  try {
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    /* Forged, or sealed for something else: both are simply not ours. */
    return null
  }
}
