import type { VNode } from 'preact'
import { type Speech, TrustedHtml } from '../../../templates/index.ts'

export type LegalPageProps = Speech & {
  readonly title: string
  readonly html: string
  readonly version: number
  readonly day: string
  readonly sha256: string
  /** Older versions than the one shown, and newer: `/legal/terms?version=2`. */
  readonly versions: readonly { readonly version: number; readonly day: string }[]
  readonly document: string
  readonly others: readonly { readonly document: string; readonly title: string }[]
}

/** A legal text as a page to read and to print. */
export function LegalPage(props: LegalPageProps): VNode {
  const { t, title, html, version, day, sha256, versions, document, others } = props
  return (
    <section class="legal">
      <article>
        <h1>{title}</h1>
        <TrustedHtml class="legal-text" html={html} />
        <footer class="legal-foot">
          <p>{t('legal.version', { version, day })}</p>
          <p class="legal-sum">SHA-256: {sha256}</p>
        </footer>
      </article>
      <nav class="legal-nav" aria-label={t('legal.all')}>
        <h2>{t('legal.all')}</h2>
        <ul>
          {others.map((other) => (
            <li key={other.document}>
              <a
                href={`/legal/${other.document}`}
                aria-current={other.document === document ? 'page' : undefined}
              >
                {other.title}
              </a>
            </li>
          ))}
        </ul>
        {versions.length > 1 && (
          <>
            <h2>{t('legal.versions')}</h2>
            <ul>
              {versions.map((each) => (
                <li key={each.version}>
                  <a
                    href={`/legal/${document}?version=${each.version}`}
                    aria-current={each.version === version ? 'true' : undefined}
                  >
                    {t('legal.version', each)}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </nav>
    </section>
  )
}
