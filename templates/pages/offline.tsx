import type { VNode } from 'preact'
import { LinkButton } from '../button.tsx'
import { Mark } from '../mark.tsx'
import type { Speech } from '../translate.ts'

export type OfflinePageProps = Speech & { readonly stationName: string }

/**
 * What the app shows in place of any page it cannot fetch. It is drawn in advance and is nobody's, so
 * it holds no name, no form and no script; an empty address is the one that was asked for.
 */
export function OfflinePage({ t, stationName }: OfflinePageProps): VNode {
  return (
    <>
      <div class="bar">
        <a class="home-link" href="/">
          <Mark />
          <span>{stationName}</span>
        </a>
      </div>
      <section class="failure">
        <Picture />
        <h1>{t('offline.title')}</h1>
        <p class="failure-text">{t('offline.text')}</p>
        <p class="failure-kept">{t('offline.kept')}</p>
        <div class="failure-actions">
          <LinkButton href="" kind="primary" icon="undo-2">
            {t('error.again')}
          </LinkButton>
        </div>
      </section>
    </>
  )
}

/** The station's mark, whole, and an orbit that does not close. */
function Picture(): VNode {
  return (
    <svg class="failure-picture" viewBox="0 0 240 132" aria-hidden="true">
      <path d="M22 92a112 46 0 0 1 98-72 112 46 0 0 1 98 72" class="orbit" />
      <ellipse cx="120" cy="66" rx="76" ry="30" class="orbit" />
      <path d="M120 52 134 82h-28Z" class="failure-bond" />
      <circle cx="106" cy="82" r="10" class="mark-third" />
      <circle cx="134" cy="82" r="10" class="mark-second" />
      <circle cx="120" cy="50" r="10" class="mark-first" />
    </svg>
  )
}
