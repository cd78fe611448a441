import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { closeSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewFile } from '../../files/new-file.ts'
import { privacyErrors } from '../errors.ts'
import type { ErasedContent } from '../index.ts'

/** One person who has been erased, or is about to be. */
export interface LedgerEntry {
  readonly userId: string
  readonly content: ErasedContent
  /** ISO 8601, UTC */
  readonly at: string
}

interface Line extends LedgerEntry {
  readonly mac: string
}

export const LEDGER_FILE = 'erasures.jsonl'
export const LEDGER_KEY_FILE = 'erasures.key'

/**
 * Who has been erased, outside the database and outside every backup: a restored backup brings
 * people back, and this file tells who has to go again. Only ids stand in it. Each line is sealed
 * over the one before it, so that a line cannot be taken out unseen.
 */
export class ErasureLedger {
  readonly #file: string
  readonly #key: Buffer
  #head: string
  #entries: LedgerEntry[]
  /** Bytes of whole lines; what lies behind was cut off by a crash and was never acted on. */
  #length: number

  /** @throws QL_PRIVACY_LEDGER_BROKEN */
  constructor(dataDir: string) {
    this.#file = join(dataDir, LEDGER_FILE)
    this.#key = keyIn(join(dataDir, LEDGER_KEY_FILE))
    const read = this.#read()
    this.#head = read.head
    this.#entries = read.entries
    this.#length = read.length
  }

  /** Seals acts of destruction as well: it lies where the ledger lies. */
  get sealingKey(): Buffer {
    return this.#key
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries
  }

  /** The seal of the last line; a backup remembers it. */
  get head(): string {
    return this.#head
  }

  /** Whether the line with this seal stands here: the ledger is that of the backup, or a later one. */
  has(head: string): boolean {
    return head === '' || this.#read().seals.has(head)
  }

  /** On disk when it returns; a crash afterwards is made up for at the next start. */
  append(entry: LedgerEntry): void {
    if (this.#entries.some(({ userId }) => userId === entry.userId)) return
    const mac = this.#seal(this.#head, entry)
    const line = Buffer.from(`${JSON.stringify({ ...entry, mac })}\n`)
    const descriptor = openSync(this.#file, 'a', 0o600)
    try {
      ftruncateSync(descriptor, this.#length)
      writeSync(descriptor, line)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    this.#head = mac
    this.#length += line.byteLength
    this.#entries = [...this.#entries, entry]
  }

  #read(): { entries: LedgerEntry[]; seals: Set<string>; head: string; length: number } {
    const text = textOf(this.#file)
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    const entries: LedgerEntry[] = []
    const seals = new Set<string>()
    let head = ''
    for (const [index, source] of whole.split('\n').slice(0, -1).entries()) {
      const line = this.#checked(source, head)
      if (!line) {
        throw privacyErrors.QL_PRIVACY_LEDGER_BROKEN({
          values: { file: this.#file, line: index + 1 },
        })
      }
      const { mac, ...entry } = line
      entries.push(entry)
      seals.add(mac)
      head = mac
    }
    return { entries, seals, head, length: Buffer.byteLength(whole) }
  }

  #checked(source: string, before: string): Line | null {
    try {
      const line = JSON.parse(source) as Line
      const { userId, content, at, mac } = line
      const expected = Buffer.from(this.#seal(before, { userId, content, at }))
      const given = Buffer.from(mac)
      return expected.length === given.length && timingSafeEqual(expected, given) ? line : null
    } catch {
      return null
    }
  }

  #seal(before: string, { userId, content, at }: LedgerEntry): string {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([before, userId, content, at]))
      .digest('base64url')
  }
}

function keyIn(file: string): Buffer {
  const known = textOf(file)
  if (known === '') writeNewFile(file, `${randomBytes(32).toString('base64url')}\n`)
  return Buffer.from((known === '' ? textOf(file) : known).trim(), 'base64url')
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
