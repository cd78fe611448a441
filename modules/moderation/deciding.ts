import { type Actor, CodedError, newId, type Reported } from '#core'
import { authorsOf } from './authors.ts'
import { contentOf, setHidden } from './content.ts'
import { deleteSoon } from './deletions.ts'
import { decisionPath, type Desk, type Tx } from './desk.ts'
import { errors } from './errors.ts'
import { requireMay } from './policy.ts'
import { countOpen } from './reports.ts'
import type { DecisionBody } from './schema.ts'
import type { DecisionTable, ReportTable } from './tables.ts'
import { forgetQueue, tellOfDecision } from './telling.ts'

const MAX_TITLE = 200

/**
 * Decides on all open reports about the same thing, once: of two moderators at the same moment one
 * is told that the other was first. What is to be hidden or deleted is out of sight when this
 * answers; deleting for good waits until the decision can no longer be taken back.
 *
 * @throws QL_MODERATION_REPORT_NOT_FOUND, QL_MODERATION_DECIDED, QL_MODERATION_RANK,
 * QL_MODERATION_OWN, QL_MODERATION_DEED.
 */
export async function decide(
  desk: Desk,
  moderator: Actor,
  reportId: string,
  body: DecisionBody,
): Promise<void> {
  const report = await findReport(desk, reportId)
  if (!report) throw errors.QL_MODERATION_REPORT_NOT_FOUND()
  if (report.state !== 'open') throw errors.QL_MODERATION_DECIDED()
  const content = await contentOf(desk, report.subject)
  const author = (await authorsOf(desk, [content?.authorId])).get(content?.authorId ?? '')
  await refusalsRecorded(desk, 'report.decided', report.subject, body.decision, () =>
    requireMay(moderator, author, content, body.decision),
  )
  const decision = decisionOf(moderator, report, content, body, desk.app.clock.now())
  await desk.db.transaction((tx) => write(desk, tx, decision, content))
  if (decision.deed === 'delete') deleteSoon(desk)
  await carryOut(desk, decision.id)
}

/** A refused attempt is a row of the audit log as well. */
export async function refusalsRecorded(
  { db }: Pick<Desk, 'db'>,
  action: string,
  subject: string,
  tried: string,
  check: () => void,
): Promise<void> {
  try {
    check()
  } catch (error) {
    if (error instanceof CodedError) {
      const after = { code: error.code, tried }
      await db.transaction((tx) => tx.record({ action, outcome: 'refused', subject, after }))
    }
    throw error
  }
}

function findReport({ db }: Desk, id: string): Promise<ReportTable | undefined> {
  return db.reader
    .selectFrom('moderation_reports')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
}

function decisionOf(
  moderator: Actor,
  { subject, reason: reported }: ReportTable,
  content: Reported | null,
  { decision: deed, reason = reported, words = '', note = '' }: DecisionBody,
  now: Date,
): DecisionTable {
  return {
    id: newId(),
    subject,
    deed,
    reason,
    words: words.trim(),
    note: note.trim(),
    decided_by: moderator.id,
    decided_at: now.toISOString(),
    author_id: content?.authorId ?? null,
    title: (content?.title ?? '').slice(0, MAX_TITLE),
    excerpt: content?.excerpt ?? '',
    was_hidden: content?.state === 'hidden' ? 1 : 0,
    deleted_at: null,
    undone_at: null,
    restored_at: null,
    restored_by: null,
    answer: '',
    answered_at: null,
    upheld_at: null,
    upheld_by: null,
  }
}

async function write(
  desk: Desk,
  tx: Tx,
  decision: DecisionTable,
  content: Reported | null,
): Promise<void> {
  const { id, subject, deed, reason, decided_by, decided_at, note } = decision
  const state = deed === 'keep' ? 'dismissed' : 'accepted'
  const rows = await tx.db
    .updateTable('moderation_reports')
    .set({ state, decision_id: id, decided_at, decided_by, note })
    .where('subject', '=', subject)
    .where('state', '=', 'open')
    .returning(['id', 'reporter_id'])
    .execute()
  if (rows.length === 0) throw errors.QL_MODERATION_DECIDED()
  await tx.db.insertInto('moderation_decisions').values(decision).execute()
  for (const row of rows) {
    const data = { id: row.id, subject, decision: state, decisionId: id, deed }
    await tx.publish('report.decided', data, { subject: `report/${row.id}`, actor: decided_by })
  }
  await tx.record({
    action: 'report.decided',
    outcome: 'done',
    subject,
    before: { state: content?.state ?? 'unknown' },
    after: { deed, reason, reports: rows.length, decision: id },
  })
  await tellOfDecision(
    desk,
    tx,
    decision,
    rows.map(({ reporter_id }) => reporter_id),
  )
  if ((await countOpen(tx.db)) === 0) await forgetQueue(tx)
}

/**
 * Makes what was decided so: right after the commit, and once more when the event comes, which is
 * not lost with the process. Done twice it changes nothing. Whoever takes the decision back
 * meanwhile has the last word.
 */
export async function carryOut(desk: Desk, decisionId: string): Promise<void> {
  const decision = await inForce(desk, decisionId)
  if (!decision) return
  const { id, subject, decided_by: actorId, words } = decision
  const [en, ru] = (['en', 'ru'] as const).map((locale) =>
    desk.app.translator(locale)(`moderation.reason.${decision.reason}`),
  )
  const reason = { why: { en: en ?? '', ru: ru ?? '' }, words, page: decisionPath(id) }
  await setHidden(desk, subject, { act: 'hide', actorId, reason })
  if (decision.was_hidden === 1 || (await inForce(desk, decisionId))) return
  await setHidden(desk, subject, { act: 'restore', actorId })
}

/** A decision that hides something at this moment. */
async function inForce({ db }: Desk, id: string): Promise<DecisionTable | undefined> {
  return db.reader
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('id', '=', id)
    .where('deed', 'in', ['hide', 'delete'])
    .where('undone_at', 'is', null)
    .where('restored_at', 'is', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}
