import { createHash, randomInt } from 'node:crypto'
import type { OpenTransaction, Scope } from '../../../db/index.ts'
import type { AuthTables } from '../tables.ts'

export const RECOVERY_CODES = 10
/** Without what is read for another letter or digit. 16 of 30 are 78 bits. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz'
const GROUPS = 4
const GROUP_LENGTH = 4

/** Codes on paper for who has lost the authenticator; each is good once. */
export class RecoveryCodes {
  readonly #tables: Scope<AuthTables>

  constructor(tables: Scope<AuthTables>) {
    this.#tables = tables
  }

  /** Ten new ones in place of all before. Only their digests are kept. */
  async renew(tx: OpenTransaction, userId: string): Promise<readonly string[]> {
    const { db } = this.#tables.within(tx)
    const codes = Array.from({ length: RECOVERY_CODES }, newCode)
    await this.removeAll(tx, userId)
    await db
      .insertInto('recovery_codes')
      .values(
        codes.map((code) => ({
          code_hash: digestOf(code, userId),
          user_id: userId,
          used_at: null,
        })),
      )
      .execute()
    return codes
  }

  async removeAll(tx: OpenTransaction, userId: string): Promise<void> {
    const { db } = this.#tables.within(tx)
    await db.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  }

  /** Whether it was one of the person's unused codes; it is none afterwards. */
  async take(tx: OpenTransaction, userId: string, code: string, now: Date): Promise<boolean> {
    const taken = await this.#tables
      .within(tx)
      .db.updateTable('recovery_codes')
      .set({ used_at: now.toISOString() })
      .where('code_hash', '=', digestOf(code, userId))
      .where('user_id', '=', userId)
      .where('used_at', 'is', null)
      .returning('user_id')
      .execute()
    return taken.length > 0
  }

  async left(userId: string, tx?: OpenTransaction): Promise<number> {
    const db = tx ? this.#tables.within(tx).db : this.#tables.reader
    const { left } = await db
      .selectFrom('recovery_codes')
      .select(({ fn }) => fn.countAll<number>().as('left'))
      .where('user_id', '=', userId)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    return left
  }
}

function newCode(): string {
  return Array.from({ length: GROUPS }, newGroup).join('-')
}

function newGroup(): string {
  return Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}

/** With so many bits a plain digest is enough; the person in it keeps others' codes apart. */
function digestOf(code: string, userId: string): string {
  const letters = code.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return createHash('sha256').update(`${userId} ${letters}`).digest('base64url')
}
