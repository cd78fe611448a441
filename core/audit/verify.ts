import type { Kysely } from 'kysely'
import type { Verification } from './index.ts'
import { FIRST_SEAL, sealOf } from './seal.ts'
import type { AuditTable, AuditTables } from './tables.ts'

type Finding = Verification extends infer Each
  ? Each extends Verification
    ? Omit<Each, 'at'>
    : never
  : never

const PAGE = 1_000

/**
 * Walks the chain from its oldest row. Where rows were removed because their time was over, it
 * begins at what the newest checkpoint says, which is itself part of the chain.
 *
 * @param newest a row known to have been written; a log that ends before it has lost its end.
 */
export async function verifyChain(
  reader: Kysely<AuditTables>,
  key: Buffer,
  newest: number,
): Promise<Finding> {
  const checkpoint = await newestCheckpoint(reader)
  let expected = checkpoint ? (checkpoint.removed_through ?? 0) + 1 : 1
  let previous = checkpoint?.removed_seal ?? FIRST_SEAL
  let rows = 0
  for (;;) {
    const page = await rowsFrom(reader, rows === 0 ? 0 : expected)
    for (const row of page) {
      if (row.seq !== expected) {
        return { isWhole: false, rows, brokenSeq: expected, fault: 'missing' }
      }
      if (sealOf(key, previous, row) !== row.seal) {
        return { isWhole: false, rows, brokenSeq: expected, fault: 'changed' }
      }
      previous = row.seal
      expected++
      rows++
    }
    if (page.length < PAGE) break
    await new Promise(setImmediate)
  }
  if (expected <= newest) return { isWhole: false, rows, brokenSeq: expected, fault: 'missing' }
  return { isWhole: true, rows }
}

async function newestCheckpoint(reader: Kysely<AuditTables>): Promise<AuditTable | undefined> {
  return reader
    .selectFrom('audit_log')
    .selectAll()
    .where('removed_through', 'is not', null)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

function rowsFrom(reader: Kysely<AuditTables>, seq: number): Promise<AuditTable[]> {
  return reader
    .selectFrom('audit_log')
    .selectAll()
    .where('seq', '>=', seq)
    .orderBy('seq')
    .limit(PAGE)
    .execute()
}
