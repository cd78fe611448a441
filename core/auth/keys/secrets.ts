import {
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Static } from 'typebox'
import { defineErrors } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { problemsOf } from '../../schema.ts'
import { Type } from '../../type.ts'
import { replaceFile, writeNewFile } from '../../files/new-file.ts'

/** All that must not be in the database, in its backups, in logs or in the repository. */
export interface Secrets {
  /** Names the station in its tokens, whatever its address. */
  readonly stationId: string
  /** Newest last: it is used for new passwords, the others for those made with them. */
  readonly peppers: readonly Pepper[]
  /** Newest last: it signs, all verify. */
  readonly signingKeys: readonly SigningKey[]
  /** Derives refresh tokens. */
  readonly refreshKey: Buffer
  /** Seals the audit log; never replaced, or all that was sealed before would look forged. */
  readonly auditKey: Buffer
  /** Seals the secrets of second factors; never replaced, or nobody's codes would fit any more. */
  readonly factorKey: Buffer
}

export interface Pepper {
  readonly kid: string
  readonly key: Buffer
}

export interface SigningKey {
  readonly kid: string
  /** Ed25519 */
  readonly privateKey: KeyObject
  /** ISO 8601, UTC. Absent for the one that signs, and where nobody has noted it. */
  readonly retiredAt?: string
}

export const secretsErrors = defineErrors({
  QL_SECRETS_EXPOSED: {
    status: 500,
    en: 'Other users of this machine can read {file}. Run: chmod 600 {file}',
    ru: 'Файл {file} могут читать другие пользователи машины. Выполните: chmod 600 {file}',
  },
  QL_SECRETS_BROKEN: {
    status: 500,
    en: '{file} is damaged. Restore it from a backup: without it nobody can sign in.',
    ru: 'Файл {file} повреждён. Восстановите его из копии: без него никто не сможет войти.',
  },
  QL_SECRETS_UNWRITABLE: {
    status: 500,
    en: 'The secrets of the station cannot be written to {file}.',
    ru: 'Не получается записать секреты станции в {file}.',
  },
})

const Key = Type.String({ pattern: '^[A-Za-z0-9_-]{43,}$' })
const Kid = Type.String({ pattern: '^[a-z0-9]{4,32}$' })
const SecretsFile = Type.Object(
  {
    version: Type.Literal(1),
    stationId: Type.String({ minLength: 1 }),
    peppers: Type.Array(Type.Object({ kid: Kid, key: Key }), { minItems: 1 }),
    signingKeys: Type.Array(
      Type.Object({
        kid: Kid,
        jwk: Type.Object({
          kty: Type.Literal('OKP'),
          crv: Type.Literal('Ed25519'),
          x: Key,
          d: Key,
        }),
        retiredAt: Type.Optional(Type.String({ maxLength: 30 })),
      }),
      { minItems: 1 },
    ),
    refreshKey: Key,
    /** Of earlier files; nothing is made with it. */
    csrfKey: Type.Optional(Key),
    auditKey: Type.Optional(Key),
    factorKey: Type.Optional(Key),
  },
  { additionalProperties: false },
)

/**
 * Reads `<dataDir>/secrets.json`, making it (mode 0600) when the station starts for the first time.
 * When two programs start at that moment, both get the secrets of the first.
 *
 * @throws QL_SECRETS_EXPOSED, QL_SECRETS_BROKEN, QL_SECRETS_UNWRITABLE with the file's path.
 */
export function loadSecrets(dataDir: string): Secrets {
  const file = secretsFile(dataDir)
  return parse(readOwn(file) ?? create(file), file)
}

export function secretsFile(dataDir: string): string {
  return join(dataDir, 'secrets.json')
}

/** What was done with the keys. */
export interface KeyRotation {
  /** Of the key that signs from now on. */
  readonly signs: string
  /** Of those that still verify what they have signed. */
  readonly verify: readonly string[]
  readonly removed: readonly string[]
  /** Of the pepper for passwords from now on; null when it stays. */
  readonly pepper: string | null
}

/** Tokens live ten minutes; an hour more costs nothing. */
const KEEP_RETIRED_MS = 60 * 60_000

/**
 * Puts a new signing key into the file: running stations sign with it within a second, and verify by
 * those before it what they have signed. Retired for an hour, a key is removed by the next rotation.
 * With `pepper` new passwords get a new pepper too, and old ones when their people sign in; peppers
 * are never removed.
 *
 * @throws the same as {@link loadSecrets}.
 */
export function rotateKeys(
  dataDir: string,
  { now, pepper }: { now: Date; pepper: boolean },
): KeyRotation {
  loadSecrets(dataDir)
  const file = secretsFile(dataDir)
  const read = JSON.parse(readFileSync(file, 'utf8')) as Static<typeof SecretsFile>
  const retiredAt = now.toISOString()
  const retired = read.signingKeys.map((key) => ({ ...key, retiredAt: key.retiredAt ?? retiredAt }))
  const kept = retired.filter((key) => now.getTime() - Date.parse(key.retiredAt) < KEEP_RETIRED_MS)
  const signer = freshSigningKey()
  const peppers = [...read.peppers, ...(pepper ? [{ kid: randomKid(), key: randomKey() }] : [])]
  const written = { ...read, peppers, signingKeys: [...kept, signer] }
  try {
    replaceFile(file, `${JSON.stringify(written, null, 2)}\n`)
  } catch (cause) {
    throw secretsErrors.QL_SECRETS_UNWRITABLE({ values: { file }, cause })
  }
  const verify = kept.map(({ kid }) => kid)
  return {
    signs: signer.kid,
    verify,
    removed: read.signingKeys.map(({ kid }) => kid).filter((kid) => !verify.includes(kid)),
    pepper: pepper ? (peppers.at(-1)?.kid ?? null) : null,
  }
}

/** The same, without making any: null where no station has been started. */
export function readSecrets(dataDir: string): Secrets | null {
  const file = join(dataDir, 'secrets.json')
  const text = readOwn(file)
  return text === undefined ? null : parse(text, file)
}

function readOwn(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return undefined
  /* Windows has no such bits and reports every file as readable. */
  if (process.platform !== 'win32' && (found.mode & 0o007) !== 0) {
    throw secretsErrors.QL_SECRETS_EXPOSED({ values: { file } })
  }
  return readFileSync(file, 'utf8')
}

function create(file: string): string {
  try {
    writeNewFile(file, `${JSON.stringify(freshSecrets(), null, 2)}\n`)
  } catch (cause) {
    throw secretsErrors.QL_SECRETS_UNWRITABLE({ values: { file }, cause })
  }
  return readFileSync(file, 'utf8')
}

function freshSecrets(): Readonly<Record<string, unknown>> {
  return {
    version: 1,
    stationId: newId(),
    peppers: [{ kid: randomKid(), key: randomKey() }],
    signingKeys: [freshSigningKey()],
    refreshKey: randomKey(),
    auditKey: randomKey(),
    factorKey: randomKey(),
  }
}

function freshSigningKey() {
  const { privateKey } = generateKeyPairSync('ed25519')
  return { kid: randomKid(), jwk: privateKey.export({ format: 'jwk' }) }
}

function parse(text: string, file: string): Secrets {
  try {
    const read = JSON.parse(text) as Static<typeof SecretsFile>
    if (problemsOf(SecretsFile, read).length > 0) throw new Error('not our secrets')
    return {
      stationId: read.stationId,
      peppers: read.peppers.map(({ kid, key }) => ({ kid, key: bytes(key) })),
      signingKeys: read.signingKeys.map(({ kid, jwk, retiredAt }) => ({
        kid,
        privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
        ...(retiredAt === undefined ? {} : { retiredAt }),
      })),
      refreshKey: bytes(read.refreshKey),
      auditKey: keyIn(read, read.auditKey, 'quark audit log'),
      factorKey: keyIn(read, read.factorKey, 'quark second factors'),
    }
  } catch {
    /* The cause would quote the secrets. */
    throw secretsErrors.QL_SECRETS_BROKEN({ values: { file } })
  }
}

/** Files made before the key was needed have none: the oldest pepper never changes. */
function keyIn(
  { peppers }: Static<typeof SecretsFile>,
  key: string | undefined,
  purpose: string,
): Buffer {
  if (key !== undefined) return bytes(key)
  const [oldest] = peppers
  if (!oldest) throw new Error('not our secrets')
  return Buffer.from(hkdfSync('sha256', bytes(oldest.key), '', purpose, 32))
}

function bytes(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url')
}

function randomKey(): string {
  return randomBytes(32).toString('base64url')
}

function randomKid(): string {
  return randomBytes(6).toString('hex')
}
