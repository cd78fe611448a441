import { createECDH, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Static } from 'typebox'
import { writeNewFile } from '../../files/new-file.ts'
import { problemsOf } from '../../schema.ts'
import { Type } from '../../type.ts'

const Key = Type.String({ pattern: '^[A-Za-z0-9_-]{43,}$' })
const KeyFile = Type.Object(
  { version: Type.Literal(1), vapidPublic: Key, vapidPrivate: Key, unsubscribe: Key },
  { additionalProperties: false },
)

/** What signs pushes (VAPID, RFC 8292) and the links that end letters. */
export type NotificationKeys = Static<typeof KeyFile>

/**
 * Reads `<dataDir>/notification-keys.json`, making it (mode 0600) when it is needed first. It stands
 * apart from the other secrets, because a new VAPID key would silence every subscribed browser.
 *
 * @throws Error when the file is damaged.
 */
export function loadNotificationKeys(dataDir: string): NotificationKeys {
  const file = join(dataDir, 'notification-keys.json')
  const read = readIfThere(file)
  if (read !== undefined) return parsed(read, file)
  writeNewFile(file, `${JSON.stringify(freshKeys(), null, 2)}\n`)
  return parsed(readFileSync(file, 'utf8'), file)
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function freshKeys(): NotificationKeys {
  const pair = createECDH('prime256v1')
  pair.generateKeys()
  /* Leading zeros are part of the key. */
  const privateKey = Buffer.from(pair.getPrivateKey('hex').padStart(64, '0'), 'hex')
  return {
    version: 1,
    vapidPublic: pair.getPublicKey('base64url'),
    vapidPrivate: privateKey.toString('base64url'),
    unsubscribe: randomBytes(32).toString('base64url'),
  }
}

function parsed(text: string, file: string): NotificationKeys {
  try {
    const keys = JSON.parse(text) as NotificationKeys
    if (problemsOf(KeyFile, keys).length === 0) return keys
  } catch {
    /* The cause would quote the keys. */
  }
  throw new Error(`${file} is damaged. Restore it from a backup, or remove it to make new keys.`)
}
