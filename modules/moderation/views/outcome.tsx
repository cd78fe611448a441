import { Button, shortDate } from '#core'
import type { VNode } from 'preact'
import { QUEUE_PATH } from '../desk.ts'
import type { QueueItem } from '../schema.ts'
import type { ItemProps } from './queue.tsx'
import { nameOf } from './reported.tsx'

type Props = ItemProps & { readonly decision: NonNullable<QueueItem['decision']> }

/** What was decided and what came of it, the author's answer, and what can still be done. */
export function Outcome(props: Props): VNode {
  const { t, item, decision } = props
  const { words, note, answer, answeredAt, upheldAt, mayRestore } = decision
  const waits = answeredAt !== null && upheldAt === null
  return (
    <>
      {past(props).map((line) => (
        <p key={line} class="report-by">
          {line}
        </p>
      ))}
      {words !== '' && <p class="report-by">{t('moderation.queue.toldAuthor', { words })}</p>}
      {note !== '' && <p class="report-by">{t('moderation.queue.noted', { note })}</p>}
      {answer !== '' && (
        <div class="report-answer">
          <p class="report-by">{t('moderation.queue.answer')}</p>
          <blockquote class="report-text">{answer}</blockquote>
        </div>
      )}
      {mayRestore && (
        <div class="report-answers">
          <Act t={t} id={item.id} act="restoration" state={waits ? 'answered' : 'accepted'} />
          {waits && <Act t={t} id={item.id} act="upholding" state="answered" />}
        </div>
      )}
    </>
  )
}

function past({ t, locale, names, decision }: Props): readonly string[] {
  const day = (at: string): string => shortDate(at, locale, 'UTC')
  const { deed, reason, decidedBy, decidedAt, deletedAt, restoredAt, upheldAt } = decision
  const by = { name: nameOf(t, names, decidedBy), date: day(decidedAt) }
  const why = t(`moderation.reason.${reason}`)
  return [
    t(`moderation.done.${deed}`, { ...by, why }),
    ...(deletedAt === null ? [] : [t('moderation.done.deleted', { date: day(deletedAt) })]),
    ...(restoredAt === null
      ? []
      : [
          t('moderation.done.restored', {
            name: nameOf(t, names, decision.restoredBy ?? ''),
            date: day(restoredAt),
          }),
        ]),
    ...(upheldAt === null
      ? []
      : [
          t('moderation.done.upheld', {
            name: nameOf(t, names, decision.upheldBy ?? ''),
            date: day(upheldAt),
          }),
        ]),
  ]
}

type ActProps = Pick<Props, 't'> & {
  readonly id: string
  readonly act: 'restoration' | 'upholding'
  readonly state: string
}

function Act({ t, id, act, state }: ActProps): VNode {
  return (
    <form method="post" action={`${QUEUE_PATH}/${id}/${act}`}>
      <input type="hidden" name="back" value={`${QUEUE_PATH}?state=${state}`} />
      <Button kind={act === 'restoration' ? 'soft' : 'line'}>{t(`moderation.act.${act}`)}</Button>
    </form>
  )
}
