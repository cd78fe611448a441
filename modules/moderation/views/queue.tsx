import { Avatar, Chip, EmptyState, Icon, Pagination, type Speech, UndoToast } from '#core'
import type { VNode } from 'preact'
import { QUEUE_PATH } from '../desk.ts'
import type { Named } from '../names.ts'
import { QUEUE_STATES, type QueueItem } from '../schema.ts'
import { Answers } from './answers.tsx'
import { Outcome } from './outcome.tsx'
import { About, Quote, Voices } from './reported.tsx'

export type Names = ReadonlyMap<string, Named>

export type QueueProps = Speech & {
  readonly state: string
  /** Of what waits. */
  readonly counts: Readonly<Record<string, number>>
  readonly items: readonly QueueItem[]
  readonly names: Names
  /** What this moderator has decided a moment ago. */
  readonly decided: string | undefined
  readonly next: string | undefined
}

/** What waits for a moderator, with the answers in place. */
export function QueuePage(props: QueueProps): VNode {
  const { t, state, counts, items, next } = props
  return (
    <div class="admin-column">
      <nav class="admin-chips" aria-label={t('moderation.queue.tabs')}>
        {QUEUE_STATES.map((tab) => (
          <Chip key={tab} href={`${QUEUE_PATH}?state=${tab}`} active={tab === state}>
            {t(`moderation.state.${tab}`, { count: counts[tab] ?? 0 })}
          </Chip>
        ))}
      </nav>
      {items.length === 0 ? (
        <EmptyState
          icon="check"
          title={t('moderation.queue.empty')}
          text={t('moderation.queue.emptyText')}
        />
      ) : (
        <ol class="reports">
          {items.map((item) => (
            <Item key={item.id} {...props} item={item} />
          ))}
        </ol>
      )}
      <Pagination href={next} label={t('moderation.queue.more')} />
      <Undo t={t} decided={props.decided} back={QUEUE_PATH} />
    </div>
  )
}

type UndoProps = Pick<QueueProps, 't' | 'decided'> & { readonly back: string | undefined }

export function Undo({ t, decided, back }: UndoProps): VNode | null {
  if (decided === undefined) return null
  return (
    <UndoToast
      text={t('moderation.queue.decided')}
      label={t('moderation.undo')}
      action={`${QUEUE_PATH}/${decided}/undo`}
      fields={back === undefined ? {} : { back }}
    />
  )
}

export type ItemProps = Pick<QueueProps, 't' | 'locale' | 'names'> & { readonly item: QueueItem }

function Item(props: ItemProps): VNode {
  const { item } = props
  return (
    <li class="report" id={`report-${item.id}`}>
      <Portrait {...props} />
      <div class="report-main">
        <About {...props} />
        <Quote t={props.t} item={item} />
        <Voices {...props} />
        {item.decision ? <Outcome {...props} decision={item.decision} /> : <Answers {...props} />}
      </div>
    </li>
  )
}

/** Of the author; a name that nobody has is drawn in its own colour, and a sign where there is none. */
export function Portrait({ t, names, item }: ItemProps): VNode {
  if (!item.content) {
    return (
      <span class="report-sign">
        <Icon name="flag" size={18} />
      </span>
    )
  }
  const { authorId, authorName } = item.content
  const known = names.get(authorId ?? '')
  const name = known?.name ?? authorName ?? t('moderation.queue.gone')
  return <Avatar name={name} username={known?.username ?? name} src={known?.avatar} size={40} />
}
