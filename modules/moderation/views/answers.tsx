import { Button, type ButtonProps, Icon, Select, type Speech, TextArea } from '#core'
import type { VNode } from 'preact'
import { QUEUE_PATH } from '../desk.ts'
import type { QueueItem } from '../schema.ts'
import { type Deed, REASONS } from '../tables.ts'

type Props = Pick<Speech, 't'> & { readonly item: QueueItem }

/** The buttons with all that can be said to the author and to other moderators. */
export function Answers({ t, item }: Props): VNode {
  const { id, may, reports } = item
  if (may.length === 0) return <p class="muted">{t('moderation.queue.own')}</p>
  const canHide = may.includes('hide') || may.includes('delete')
  const reason = reports[0]?.reason ?? 'other'
  return (
    <form class="stack" method="post" action={`${QUEUE_PATH}/${id}`}>
      <details class="report-more">
        <summary>
          {t('moderation.queue.words')}
          <Icon name="chevron-down" size={18} />
        </summary>
        <div class="stack">
          {canHide && (
            <>
              <Select
                name="reason"
                id={`reason-${id}`}
                label={t('moderation.queue.reason')}
                value={reason}
                options={REASONS.map((value) => ({
                  value,
                  label: t(`moderation.reason.${value}`),
                }))}
              />
              <TextArea
                name="words"
                id={`words-${id}`}
                label={t('moderation.queue.toAuthor')}
                help={t('moderation.queue.toAuthorHelp')}
                value=""
                maxLength={1000}
              />
            </>
          )}
          <TextArea
            name="note"
            id={`note-${id}`}
            label={t('moderation.queue.note')}
            value=""
            maxLength={1000}
          />
        </div>
      </details>
      <Deeds t={t} may={may} />
      {!canHide && item.content && item.content.acts.length > 0 && (
        <p class="muted">{t('moderation.queue.rank')}</p>
      )}
    </form>
  )
}

const LOOKS: Readonly<Record<Deed, ButtonProps['kind']>> = {
  keep: 'line',
  hide: 'line',
  delete: 'danger',
  acted: 'soft',
}

type DeedsProps = Pick<Speech, 't'> & {
  readonly may: readonly Deed[]
  readonly size?: ButtonProps['size']
}

/** What can be decided, in the order of how much it changes. */
export function Deeds({ t, may, size }: DeedsProps): VNode {
  return (
    <div class="report-answers">
      {may.map((deed) => (
        <Button key={deed} size={size} kind={LOOKS[deed]} name="decision" value={deed}>
          {t(`moderation.deed.${deed}`)}
        </Button>
      ))}
    </div>
  )
}
