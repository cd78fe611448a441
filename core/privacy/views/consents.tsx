import type { VNode } from 'preact'
import { Button, Card, LinkButton, type Speech, TrustedHtml } from '../../../templates/index.ts'

export type ConsentLine = {
  readonly document: string
  readonly title: string
  /** `given`: it holds. `none`: never said. */
  readonly state: 'given' | 'withdrawn' | 'none'
  /** When it was said, and to which version; 0 where nothing was said. */
  readonly day: string
  readonly version: number
}

export type MyConsentsProps = Speech & { readonly lines: readonly ConsentLine[] }

/** What the person has agreed to; taking it back is as easy as giving it. */
export function MyConsents(props: MyConsentsProps): VNode {
  const { t, lines } = props
  return (
    <Card id="my-consents-card" title={t('consents.title')} text={t('consents.text')}>
      <ul class="consents">
        {lines.map((line) => (
          <li key={line.document}>
            <h3>{line.title}</h3>
            <p>{line.state === 'none' ? t('consents.none') : t(`consents.${line.state}`, line)}</p>
            <p class="field-help">{t(`consents.${line.document}.means`)}</p>
            <div class="data-buttons">
              <Act t={t} line={line} />
              <a href={hrefOf(line)}>{t('consents.read')}</a>
            </div>
          </li>
        ))}
      </ul>
      <p class="consents-more">
        <a href="/legal/privacy">{t('legal.privacy')}</a>{' '}
        <a href="/legal/terms">{t('legal.terms')}</a>
      </p>
    </Card>
  )
}

/** The text of the version that was agreed to. */
function hrefOf({ document, version }: ConsentLine): string {
  return version === 0 ? `/legal/${document}` : `/legal/${document}?version=${version}`
}

function Act({ t, line }: { readonly t: Speech['t']; readonly line: ConsentLine }): VNode {
  const { document, state } = line
  if (document === 'consent' && state === 'given') {
    return (
      <LinkButton href="/settings/deletion" kind="line">
        {t('consents.withdrawAndLeave')}
      </LinkButton>
    )
  }
  const action = state === 'given' ? 'withdraw' : 'give'
  return (
    <form method="post" action="/settings/consents">
      <input type="hidden" name="document" value={document} />
      <input type="hidden" name="action" value={action} />
      <Button kind="line">{t(`consents.${action}`)}</Button>
    </form>
  )
}

export type AskedDocument = {
  readonly document: string
  readonly title: string
  readonly html: string
  readonly version: number
}

export type AskingProps = Speech & {
  readonly documents: readonly AskedDocument[]
  readonly back: string
  /** Documents whose box was left empty. */
  readonly missing: boolean
}

/** Shown once when a text has changed. Each has a box of its own, and nobody is locked out. */
export function AskingPage({ t, documents, back, missing }: AskingProps): VNode {
  return (
    <section class="privacy-page">
      <h1>{t('asking.title')}</h1>
      <p class="privacy-lead">{t('asking.lead')}</p>
      {missing && <p class="field-error">{t('asking.missing')}</p>}
      {documents.map((each) => (
        <form class="card privacy-form" method="post" action="/consent" key={each.document}>
          <h2>{each.title}</h2>
          <TrustedHtml
            class="legal-text legal-box"
            attributes={{ tabindex: '0', role: 'region', 'aria-label': each.title }}
            html={each.html}
          />
          <input type="hidden" name="document" value={each.document} />
          <input type="hidden" name="version" value={String(each.version)} />
          <input type="hidden" name="return" value={back} />
          <label class="asking-box">
            <span class="check">
              <input type="checkbox" name="agree" value="true" required />
            </span>
            <span>{t(`asking.${each.document}`)}</span>
          </label>
          <div class="data-buttons">
            <Button kind="primary">{t('asking.agree')}</Button>
          </div>
        </form>
      ))}
      <form class="data-buttons" method="post" action="/consent/later">
        <input type="hidden" name="return" value={back} />
        <Button kind="line">{t('asking.later')}</Button>
        <a href="/settings/data">{t('asking.export')}</a>
        <a href="/settings/deletion">{t('asking.leave')}</a>
      </form>
    </section>
  )
}
