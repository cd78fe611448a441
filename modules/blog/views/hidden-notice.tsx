import { Notice, type Speech } from '#core'
import type { VNode } from 'preact'
import type { HiddenNote } from './props.ts'

type HiddenNoticeProps = Pick<Speech, 't'> & {
  readonly note: HiddenNote
  /** Whether its author reads it; otherwise staff do. */
  readonly isOwn: boolean
}

/** That others do not see a post, why, and what its author can do. */
export function HiddenNotice({ t, note, isOwn }: HiddenNoticeProps): VNode {
  const { why, words = '', page } = note
  return (
    <Notice kind="bad" title={t(why === undefined ? 'blog.withheld' : 'blog.hidden')}>
      {why !== undefined && <p>{t('blog.hidden.why', { why })}</p>}
      {words !== '' && <p>{words}</p>}
      <p>{t(isOwn ? 'blog.hidden.text' : 'blog.hidden.staff')}</p>
      {isOwn && page !== undefined && (
        <p>
          <a href={page}>{t('blog.hidden.more')}</a>
        </p>
      )}
    </Notice>
  )
}
