import { machineDate, shortDate } from '#core'
import type { VNode } from 'preact'
import { QUEUE_PATH } from '../desk.ts'
import { Deeds } from './answers.tsx'
import { type ItemProps, Portrait, type QueueProps, Undo } from './queue.tsx'
import { About, Quote } from './reported.tsx'

export type WaitingProps = Pick<QueueProps, 't' | 'locale' | 'items' | 'names' | 'decided'> & {
  /** How many things wait. */
  readonly open: number
  /** Where a decision comes back to. */
  readonly back: string | undefined
}

/** The head of the queue on the dashboard: the oldest with its buttons, the next ones by name. */
export function Waiting(props: WaitingProps): VNode {
  const { t, items, open, back, decided } = props
  const undo = <Undo t={t} decided={decided} back={back} />
  const [first, ...others] = items
  if (!first) {
    return (
      <div class="waiting">
        <p class="muted">{t('moderation.queue.emptyText')}</p>
        {undo}
      </div>
    )
  }
  return (
    <div class="waiting">
      <ol class="waiting-list">
        <Oldest {...props} item={first} />
        {others.map((item) => (
          <Next key={item.id} {...props} item={item} />
        ))}
      </ol>
      <a class="more-link" href={QUEUE_PATH}>
        {t('moderation.all', { count: open })}
      </a>
      {undo}
    </div>
  )
}

function Oldest(props: WaitingProps & ItemProps): VNode {
  const { t, item, back } = props
  return (
    <li>
      <Portrait {...props} />
      <div class="report-main">
        <About {...props} />
        <Quote t={t} item={item} />
        <form class="waiting-answers" method="post" action={`${QUEUE_PATH}/${item.id}`}>
          {back !== undefined && <input type="hidden" name="back" value={back} />}
          <Deeds t={t} may={item.may} size="s" />
          <Reason {...props} />
        </form>
      </div>
    </li>
  )
}

function Next(props: ItemProps): VNode {
  const { item, locale } = props
  const [first] = item.reports
  return (
    <li>
      <Portrait {...props} />
      <div class="report-main">
        <About {...props} />
        <p class="waiting-about">
          <Reason {...props} />
          {first && (
            <time datetime={machineDate(first.createdAt)}>
              {shortDate(first.createdAt, locale, 'UTC')}
            </time>
          )}
        </p>
      </div>
    </li>
  )
}

function Reason({ t, item }: Pick<ItemProps, 't' | 'item'>): VNode {
  const { reason = 'other' } = item.reports[0] ?? {}
  return <span class="report-by">{t(`moderation.reason.${reason}`)}</span>
}
