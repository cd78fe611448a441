import type { Actor } from '#core'
import { authorsOf } from './authors.ts'
import { setHidden } from './content.ts'
import { refusalsRecorded } from './deciding.ts'
import type { Desk } from './desk.ts'
import { errors } from './errors.ts'
import { mayTouch } from './policy.ts'
import type { DecisionTable } from './tables.ts'
import { tellAuthor, tellStaffOfAnswer } from './telling.ts'

/** A decision about what this person has published. @throws QL_MODERATION_REPORT_NOT_FOUND. */
export async function decisionAbout(
  { db }: Pick<Desk, 'db'>,
  author: Actor,
  id: string,
): Promise<DecisionTable> {
  const row = await db.reader
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('id', '=', id)
    .where('author_id', '=', author.id)
    .where('deed', 'in', ['hide', 'delete'])
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  if (!row) throw errors.QL_MODERATION_REPORT_NOT_FOUND()
  return row
}

/**
 * Answers a decision, once.
 *
 * @throws QL_MODERATION_REPORT_NOT_FOUND, QL_MODERATION_ANSWERED.
 */
export async function answerDecision(
  desk: Desk,
  author: Actor,
  id: string,
  text: string,
): Promise<void> {
  const decision = await decisionAbout(desk, author, id)
  const staff = await desk.app.call('auth.staff', {})
  const answer = text.trim()
  await desk.db.transaction(async (tx) => {
    const { numUpdatedRows } = await tx.db
      .updateTable('moderation_decisions')
      .set({ answer, answered_at: desk.app.clock.now().toISOString() })
      .where('id', '=', id)
      .where('answered_at', 'is', null)
      .where('restored_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw errors.QL_MODERATION_ANSWERED()
    await tellStaffOfAnswer(desk, tx, staff, { ...decision, answer })
  })
}

/**
 * Shows again what a decision has hidden, at any later time.
 *
 * @throws QL_MODERATION_REPORT_NOT_FOUND, QL_MODERATION_RESTORED, QL_MODERATION_RANK.
 */
export async function restore(desk: Desk, moderator: Actor, reportId: string): Promise<void> {
  const decision = await settled(desk, moderator, reportId, 'restored')
  await setHidden(desk, decision.subject, { act: 'restore', actorId: moderator.id })
}

/** Leaves a decision as it is after its author has answered. @throws as {@link restore}. */
export async function uphold(desk: Desk, moderator: Actor, reportId: string): Promise<void> {
  await settled(desk, moderator, reportId, 'upheld')
}

async function settled(
  desk: Desk,
  moderator: Actor,
  reportId: string,
  what: 'restored' | 'upheld',
): Promise<DecisionTable> {
  const decision = await decisionOn(desk, reportId)
  const { id, subject, author_id: authorId } = decision
  const author = (await authorsOf(desk, [authorId])).get(authorId ?? '')
  const action = `report.${what}`
  await refusalsRecorded(desk, action, subject, what, () => {
    if (!mayTouch(moderator, author)) throw errors.QL_MODERATION_RANK()
  })
  const at = desk.app.clock.now().toISOString()
  await desk.db.transaction(async (tx) => {
    const set =
      what === 'restored'
        ? { restored_at: at, restored_by: moderator.id }
        : { upheld_at: at, upheld_by: moderator.id }
    const { numUpdatedRows } = await tx.db
      .updateTable('moderation_decisions')
      .set(set)
      .where('id', '=', id)
      .where('deed', 'in', ['hide', 'delete'])
      .where('undone_at', 'is', null)
      .where('restored_at', 'is', null)
      .$if(what === 'restored', (query) => query.where('deleted_at', 'is', null))
      .$if(what === 'upheld', (query) => query.where('upheld_at', 'is', null))
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) throw errors.QL_MODERATION_RESTORED()
    const after = { state: what === 'restored' ? 'shown' : decision.deed, decision: id }
    const before = { deed: decision.deed }
    await tx.record({ action, outcome: 'done', subject, before, after })
    await tellAuthor(desk, tx, decision, what)
  })
  return decision
}

async function decisionOn({ db }: Desk, reportId: string): Promise<DecisionTable> {
  const row = await db.reader
    .selectFrom('moderation_reports as r')
    .innerJoin('moderation_decisions as d', 'd.id', 'r.decision_id')
    .selectAll('d')
    .where('r.id', '=', reportId)
    .executeTakeFirst()
  if (!row) throw errors.QL_MODERATION_REPORT_NOT_FOUND()
  return row
}
