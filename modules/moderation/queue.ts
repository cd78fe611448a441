import type { Actor, Reported } from '#core'
import { authorsOf } from './authors.ts'
import { contentsOf } from './content.ts'
import type { Desk, Reader } from './desk.ts'
import { deedsFor, mayTouch } from './policy.ts'
import type { OneReport, QueueItem, QueueState } from './schema.ts'
import type { DecisionTable, ReportTable } from './tables.ts'

/** Things of one part of the queue. */
export const IN_PART = 30
/** So many words of those who have reported the same are shown; the rest is a number. */
const MAX_VOICES = 20

export interface QueuePart {
  readonly items: readonly QueueItem[]
  readonly nextCursor: string | null
}

interface Group {
  /** What the list is in order of, and the cursor. */
  readonly key: string
  readonly subject: string
  readonly count: number
  readonly reports: readonly ReportTable[]
  readonly decision: DecisionTable | null
}

/** Everything reported, each thing once: open from the oldest, decided from the newest. */
export async function listQueue(
  desk: Desk,
  viewer: Actor,
  state: QueueState,
  cursor?: string,
  size: number = IN_PART,
): Promise<QueuePart> {
  const { reader } = desk.db
  const read = state === 'open' ? openGroups : decidedGroups
  const groups = await read(reader, state, cursor, size + 1)
  const shown = groups.slice(0, size)
  const contents = await contentsOf(
    desk,
    shown.map(({ subject }) => subject),
  )
  const authorIdOf = (group: Group): string | null =>
    contents.get(group.subject)?.authorId ?? group.decision?.author_id ?? null
  const authors = await authorsOf(desk, shown.map(authorIdOf))
  return {
    items: shown.map((group) => {
      const content = contents.get(group.subject) ?? null
      const author = authors.get(authorIdOf(group) ?? '')
      const mayRestore = group.decision !== null && mayTouch(viewer, author)
      const may = group.decision ? [] : [...deedsFor(viewer, author, content)]
      return itemOf(group, content, may, mayRestore)
    }),
    nextCursor: groups.length > size ? (shown.at(-1)?.key ?? null) : null,
  }
}

/** Answers of authors that nobody has decided on. */
export async function countAnswered(reader: Reader): Promise<number> {
  const { count } = await reader
    .selectFrom('moderation_decisions')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('answered_at', 'is not', null)
    .where('upheld_at', 'is', null)
    .where('restored_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function openGroups(
  reader: Reader,
  _state: QueueState,
  cursor: string | undefined,
  limit: number,
): Promise<Group[]> {
  const rows = await reader
    .selectFrom('moderation_reports')
    .select(({ fn }) => ['subject', fn.countAll().as('count'), fn.min('id').as('key')])
    .where('state', '=', 'open')
    .groupBy('subject')
    .$if(cursor !== undefined, (query) => query.having(({ fn }) => fn.min('id'), '>', cursor ?? ''))
    .orderBy('key')
    .limit(limit)
    .execute()
  const reports = await reportsOf(
    reader,
    'subject',
    rows.map(({ subject }) => subject),
    true,
  )
  return rows.map(({ subject, count, key }) => ({
    key,
    subject,
    count: Number(count),
    reports: reports.get(subject) ?? [],
    decision: null,
  }))
}

async function decidedGroups(
  reader: Reader,
  state: QueueState,
  cursor: string | undefined,
  limit: number,
): Promise<Group[]> {
  const rows = await reader
    .selectFrom('moderation_decisions')
    .selectAll()
    .where('undone_at', 'is', null)
    .$if(state === 'dismissed', (query) => query.where('deed', '=', 'keep'))
    .$if(state === 'accepted', (query) => query.where('deed', '!=', 'keep'))
    .$if(state === 'answered', (query) =>
      query
        .where('answered_at', 'is not', null)
        .where('upheld_at', 'is', null)
        .where('restored_at', 'is', null),
    )
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  const ids = rows.map(({ id }) => id)
  const reports = await reportsOf(reader, 'decision_id', ids, false)
  return rows.map((decision) => {
    const about = reports.get(decision.id) ?? []
    const { id: key, subject } = decision
    return { key, subject, count: about.length, reports: about, decision }
  })
}

async function reportsOf(
  reader: Reader,
  column: 'subject' | 'decision_id',
  values: readonly string[],
  isOpen: boolean,
): Promise<ReadonlyMap<string, ReportTable[]>> {
  if (values.length === 0) return new Map()
  const rows = await reader
    .selectFrom('moderation_reports')
    .selectAll()
    .where(column, 'in', [...values])
    .where('state', isOpen ? '=' : '!=', 'open')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows, (row) => row[column] ?? '')
}

function itemOf(
  { subject, count, reports, decision }: Group,
  content: Reported | null,
  may: QueueItem['may'],
  mayRestore: boolean,
): QueueItem {
  const [first] = reports
  return {
    /* A report that was erased with its reporter leaves the decision. */
    id: first?.id ?? decision?.id ?? '',
    subject,
    path: first?.path ?? '/',
    state: first?.state ?? 'accepted',
    count,
    reports: reports.slice(0, MAX_VOICES).map(reportIn),
    content: decision ? decidedContent(decision, content) : content,
    may,
    decision: decision && { ...decisionIn(decision), mayRestore: mayRestore && isHiding(decision) },
  }
}

/** Staff see what came with it until somebody has decided. */
function decidedContent(decision: DecisionTable, content: Reported | null): Reported | null {
  if (!content) return remembered(decision)
  const { enclosures: _files, ...words } = content
  return words
}

/** What is gone is shown as it was when somebody decided on it. */
function remembered(decision: DecisionTable): Reported | null {
  if (decision.title === '' && decision.excerpt === '') return null
  const { title, excerpt, author_id: authorId } = decision
  return { title, excerpt, authorId, authorName: null, url: null, state: 'gone', acts: [] }
}

function isHiding({ deed, deleted_at, restored_at }: DecisionTable): boolean {
  return (deed === 'hide' || deed === 'delete') && deleted_at === null && restored_at === null
}

function reportIn(row: ReportTable): OneReport {
  return {
    id: row.id,
    reporterId: row.reporter_id,
    path: row.path,
    reason: row.reason,
    text: row.text,
    createdAt: row.created_at,
  }
}

function decisionIn(row: DecisionTable): Omit<NonNullable<QueueItem['decision']>, 'mayRestore'> {
  return {
    id: row.id,
    deed: row.deed,
    reason: row.reason,
    words: row.words,
    note: row.note,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    deletedAt: row.deleted_at,
    restoredAt: row.restored_at,
    restoredBy: row.restored_by,
    answer: row.answer,
    answeredAt: row.answered_at,
    upheldAt: row.upheld_at,
    upheldBy: row.upheld_by,
  }
}
