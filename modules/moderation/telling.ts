import type { Locale, Translate } from '#core'
import { decisionPath, type Desk, QUEUE_PATH, type Tx } from './desk.ts'
import { kindOf } from './content.ts'
import type { DecisionTable, Deed } from './tables.ts'

const KINDS: ReadonlySet<string> = new Set(['post', 'comment', 'user', 'message'])
const MAX_TITLE = 80
/** What stands under the notices of the queue. */
const QUEUE = 'queue'

type Both = Readonly<Record<Locale, string>>

/** Staff hear of the first report that waits; the rest they find in the queue. */
export async function tellStaff({ app }: Desk, tx: Tx, staffIds: readonly string[]): Promise<void> {
  const text = both(app, (t) => t('moderation.told.waiting'))
  for (const id of staffIds) {
    await tx.notify(id, { kind: 'report', text, url: QUEUE_PATH, subject: QUEUE, fold: QUEUE })
  }
}

/** Nothing waits any more. */
export function forgetQueue(tx: Tx): Promise<void> {
  return tx.withdrawNotifications(QUEUE)
}

export async function tellStaffOfAnswer(
  { app }: Desk,
  tx: Tx,
  staffIds: readonly string[],
  decision: Pick<DecisionTable, 'id' | 'answer'>,
): Promise<void> {
  const text = both(app, (t) => t('moderation.told.answer'))
  const url = `${QUEUE_PATH}?state=answered`
  const subject = `answer/${decision.id}`
  for (const id of staffIds) {
    await tx.notify(id, { kind: 'report', text, url, subject, quote: decision.answer })
  }
}

/** The author hears what was done and why; those who have reported, that somebody has looked. */
export async function tellOfDecision(
  { app }: Desk,
  tx: Tx,
  decision: DecisionTable,
  reporterIds: readonly string[],
): Promise<void> {
  const { id, deed, words, author_id: authorId, decided_by: decidedBy } = decision
  const subject = `decision/${id}`
  if (authorId !== null && authorId !== decidedBy && (deed === 'hide' || deed === 'delete')) {
    const text = both(app, (t) =>
      t(`moderation.told.${deed}`, { what: whatOf(t, decision), why: whyOf(t, decision) }),
    )
    const quote = words === '' ? {} : { quote: words }
    await tx.notify(authorId, { kind: 'decision', text, url: decisionPath(id), subject, ...quote })
  }
  const text = both(app, (t) => t(`moderation.told.reporter.${deed}`))
  for (const reporterId of new Set(reporterIds)) {
    if (reporterId === decidedBy || reporterId === authorId) continue
    await tx.notify(reporterId, { kind: 'answer', text, url: reporterPath(deed), subject })
  }
}

/** The author hears that it is seen again, or that the decision stands. */
export async function tellAuthor(
  { app }: Desk,
  tx: Tx,
  decision: DecisionTable,
  what: 'restored' | 'upheld',
): Promise<void> {
  const { id, author_id: authorId } = decision
  if (authorId === null) return
  const text = both(app, (t) => t(`moderation.told.${what}`, { what: whatOf(t, decision) }))
  await tx.notify(authorId, { kind: 'decision', text, url: decisionPath(id) })
}

/** «запись «Туман»»: what it is, in the accusative, and its name where it has one. */
export function whatOf(
  t: Translate,
  { subject, title }: Pick<DecisionTable, 'subject' | 'title'>,
): string {
  const kind = kindOf(subject)
  const known = KINDS.has(kind) ? kind : 'other'
  if (known !== 'post' || title === '') return t(`moderation.your.${known}`)
  const letters = Array.from(title)
  const name = letters.length > MAX_TITLE ? `${letters.slice(0, MAX_TITLE).join('')}…` : title
  return t('moderation.your.named', { title: name })
}

/** As a part of a sentence: «спам или реклама». */
export function whyOf(t: Translate, { reason }: Pick<DecisionTable, 'reason'>): string {
  const text = t(`moderation.reason.${reason}`)
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

function reporterPath(deed: Deed): string {
  return `/report?decided=${deed}`
}

function both(app: Desk['app'], say: (t: Translate) => string): Both {
  return { en: say(app.translator('en')), ru: say(app.translator('ru')) }
}
