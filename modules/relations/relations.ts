import type { ModuleDb, ModuleTransaction } from '#core'
import { errors } from './errors.ts'
import type { Kind, RelationTables } from './tables.ts'

export type Reader = ModuleDb<RelationTables>['reader']
type Tx = ModuleTransaction<RelationTables>

/** Most decisions of one kind by one person. */
export const MAX_OF_KIND = 5_000

/** Who decides about whom. */
export interface Pair {
  readonly userId: string
  readonly targetId: string
}

/**
 * Writes the decision; once more changes nothing. Blocking ends following in both directions.
 *
 * @returns whether it is new.
 * @throws QL_RELATIONS_SELF, QL_RELATIONS_REFUSED or QL_RELATIONS_BLOCKED for following over a
 * block, QL_RELATIONS_TOO_MANY.
 */
export async function decide(tx: Tx, kind: Kind, pair: Pair, now: Date): Promise<boolean> {
  const { userId, targetId } = pair
  if (userId === targetId) throw errors.QL_RELATIONS_SELF()
  await takeTurn(tx, pair)
  if (kind === 'follow') await requireNoBlock(tx, pair)
  const { numInsertedOrUpdatedRows } = await tx.db
    .insertInto('relations_edges')
    .values({ user_id: userId, target_id: targetId, kind, created_at: now.toISOString() })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(numInsertedOrUpdatedRows ?? 0) === 0) return false
  if ((await countFrom(tx.db, userId, kind)) > MAX_OF_KIND) {
    throw errors.QL_RELATIONS_TOO_MANY({ values: { max: MAX_OF_KIND } })
  }
  if (kind === 'block') {
    await undo(tx, 'follow', pair)
    await undo(tx, 'follow', { userId: targetId, targetId: userId }, userId)
  }
  if (kind !== 'mute') await tell(tx, `${kind}.created`, pair, userId)
  if (kind === 'follow') await welcome(tx, pair)
  return true
}

/** Tells a person of a new reader, unless they want to hear nothing of that one. */
async function welcome(tx: Tx, { userId, targetId }: Pair): Promise<void> {
  const standing = (await between(tx.db, targetId, [userId])).get(userId)
  if (standing?.mutes === true) return
  await tx.notify(targetId, {
    kind: 'follow',
    text: { en: 'now reads you', ru: 'теперь читает вас' },
    many: { en: 'now read you', ru: 'теперь читают вас' },
    url: '/me/followers',
    actorId: userId,
    fold: 'follow',
    subject: subjectOf({ userId, targetId }),
  })
}

function subjectOf({ userId, targetId }: Pair): string {
  return `relation/${userId}/${targetId}`
}

/** Takes the decision back; when there is none, nothing happens. @param by who does so. */
export async function undo(tx: Tx, kind: Kind, pair: Pair, by = pair.userId): Promise<boolean> {
  const { numDeletedRows } = await tx.db
    .deleteFrom('relations_edges')
    .where('user_id', '=', pair.userId)
    .where('target_id', '=', pair.targetId)
    .where('kind', '=', kind)
    .executeTakeFirst()
  if (Number(numDeletedRows) === 0) return false
  if (kind === 'follow') await tx.withdrawNotifications(subjectOf(pair))
  if (kind !== 'mute') await tell(tx, `${kind}.removed`, pair, by)
  return true
}

/** Both counts stand on both pages, so the pages of both become stale. */
async function tell(
  tx: Tx,
  type: 'follow.created' | 'follow.removed' | 'block.created' | 'block.removed',
  { userId, targetId }: Pair,
  actor: string,
): Promise<void> {
  await tx.publish(
    type,
    { userId, targetId },
    {
      subject: subjectOf({ userId, targetId }),
      actor,
      touches: [`user/${userId}`, `user/${targetId}`],
    },
  )
}

/**
 * Following and blocking of the same two people wait for one another, so that nobody follows over
 * a block that is being written. SQLite has one writer anyhow.
 */
async function takeTurn(tx: Tx, { userId, targetId }: Pair): Promise<void> {
  if (tx.session.dialect !== 'postgres') return
  const key = [userId, targetId].toSorted().join('/')
  await tx.session.all('select pg_advisory_xact_lock(hashtextextended(?, 0))', [key])
}

async function requireNoBlock(tx: Tx, { userId, targetId }: Pair): Promise<void> {
  const blocks = await tx.db
    .selectFrom('relations_edges')
    .select('user_id')
    .where('kind', '=', 'block')
    .where('user_id', 'in', [userId, targetId])
    .where('target_id', 'in', [userId, targetId])
    .execute()
  if (blocks.some((block) => block.user_id === userId)) throw errors.QL_RELATIONS_BLOCKED()
  if (blocks.length > 0) throw errors.QL_RELATIONS_REFUSED()
}

export async function countFrom(reader: Reader, userId: string, kind: Kind): Promise<number> {
  const { count } = await reader
    .selectFrom('relations_edges')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function countTo(reader: Reader, targetId: string, kind: Kind): Promise<number> {
  const { count } = await reader
    .selectFrom('relations_edges')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('target_id', '=', targetId)
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What stands between one person and another, seen from the first. */
export interface Between {
  readonly follows: boolean
  readonly followedBy: boolean
  readonly mutes: boolean
  readonly blocks: boolean
  readonly blockedBy: boolean
}

/** By the id of the other; everyone asked for is in it. */
export async function between(
  reader: Reader,
  userId: string,
  otherIds: readonly string[],
): Promise<ReadonlyMap<string, Between>> {
  const found = new Map<string, Set<string>>(otherIds.map((id) => [id, new Set()]))
  if (otherIds.length > 0) {
    const rows = await reader
      .selectFrom('relations_edges')
      .select(['user_id', 'target_id', 'kind'])
      .where((edge) =>
        edge.or([
          edge.and([edge('user_id', '=', userId), edge('target_id', 'in', [...otherIds])]),
          edge.and([edge('target_id', '=', userId), edge('user_id', 'in', [...otherIds])]),
        ]),
      )
      .execute()
    for (const { user_id: from, target_id: to, kind } of rows) {
      if (from === userId) found.get(to)?.add(`own ${kind}`)
      else found.get(from)?.add(kind)
    }
  }
  return new Map([...found].map(([id, edges]) => [id, betweenOf(edges)]))
}

function betweenOf(edges: ReadonlySet<string>): Between {
  return {
    follows: edges.has('own follow'),
    followedBy: edges.has('follow'),
    mutes: edges.has('own mute'),
    blocks: edges.has('own block'),
    blockedBy: edges.has('block'),
  }
}
