import type { VNode } from 'preact'
import { Icon } from './icon.tsx'
import type { Speech } from './translate.ts'

type SessionEndedProps = Speech & {
  /** Whose page this is: it comes back for nobody else. */
  readonly userId: string
  /** Where their log of updates stood before the page was made. */
  readonly pts?: number | undefined
  readonly path: string
}

/** Covers the page once its session is over; `core/realtime/client` shows it. What was typed stays below. */
export function SessionEnded({ t, userId, pts, path }: SessionEndedProps): VNode {
  return (
    <template id="session-ended" data-user={userId} data-pts={pts}>
      <dialog class="session-ended" aria-labelledby="session-ended-title">
        <div>
          <Icon name="lock" size={24} />
          <h2 id="session-ended-title">{t('ended.title')}</h2>
          <p>{t('ended.text')}</p>
          <a class="button button-primary" href="/auth/login" target="_blank" rel="noopener">
            {t('shell.signIn')}
          </a>
          <a class="button button-line" href={path}>
            {t('ended.leave')}
          </a>
        </div>
      </dialog>
    </template>
  )
}
