import { createHmac } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeNewFile } from '../../files/new-file.ts'

/** What was done to whose data; stands apart from the database for three years. */
export interface ActOfDestruction {
  readonly format: 'quark-act-of-destruction/1'
  readonly operator: string
  readonly station: string
  /** The id alone: the name is among what was destroyed. */
  readonly subject: string
  /** Who kept what, and how many of it were destroyed. */
  readonly categories: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly carriers: readonly string[]
  readonly method: string
  readonly reason: string
  readonly requestedAt: string
  readonly destroyedAt: string
  readonly responsible: string
  /** The extract of the log that Russian law asks for beside the act. */
  readonly log: readonly { readonly at: string; readonly what: string }[]
}

export const ACTS_FOLDER = 'acts'
const KEPT_MS = 3 * 365 * 86_400_000

/** Writes the act with its seal; a file that only the operator can read. */
export function writeAct(dataDir: string, act: ActOfDestruction, key: Buffer): string {
  const body = JSON.stringify(act)
  const seal = createHmac('sha256', key).update(body).digest('base64url')
  const name = `${act.destroyedAt.slice(0, 10)}-${act.subject}.json`
  const file = join(dataDir, ACTS_FOLDER, name)
  writeNewFile(file, `${JSON.stringify({ ...act, seal }, null, 2)}\n`)
  return file
}

/** Removes what has been kept for three years. @returns how many. */
export async function removeOldActs(dataDir: string, now: Date): Promise<number> {
  const folder = join(dataDir, ACTS_FOLDER)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const oldest = new Date(now.getTime() - KEPT_MS).toISOString().slice(0, 10)
  const old = (await readdir(folder)).filter((name) => name.slice(0, 10) < oldest)
  for (const name of old) await rm(join(folder, name), { force: true })
  return old.length
}
