import { Button, Icon, LinkButton, PageHeading, type Speech, TextArea } from '#core'
import type { VNode } from 'preact'
import { type Deed, REASONS } from '../tables.ts'

type Props = Speech & {
  /** Where the person comes from and goes back to. */
  readonly path: string
}

export function ReportPage({ t, path, subject }: Props & { readonly subject: string }): VNode {
  return (
    <div class="narrow">
      <PageHeading
        title={t('moderation.report.title')}
        lead={t('moderation.report.lead')}
        back={{ href: path, label: t('moderation.back') }}
      />
      <form class="stack" method="post" action="/report">
        <input type="hidden" name="subject" value={subject} />
        <input type="hidden" name="path" value={path} />
        <fieldset class="choices">
          <legend>{t('moderation.report.reason')}</legend>
          {REASONS.map((reason) => (
            <label key={reason} class="choice">
              <span class="check">
                <input type="radio" name="reason" value={reason} required />
              </span>
              <span>{t(`moderation.reason.${reason}`)}</span>
            </label>
          ))}
        </fieldset>
        <TextArea
          name="text"
          label={t('moderation.report.text')}
          help={t('moderation.report.textHelp')}
          value=""
          maxLength={1000}
        />
        <div>
          <Button kind="primary">{t('moderation.report.send')}</Button>
        </div>
      </form>
    </div>
  )
}

export function ReportSent({ t, path }: Props): VNode {
  return (
    <div class="narrow">
      <PageHeading title={t('moderation.sent.title')} lead={t('moderation.sent.text')} />
      <p class="stack">
        <LinkButton href={path} kind="soft">
          {t('moderation.back')}
        </LinkButton>
      </p>
    </div>
  )
}

export function ReportAnswered({ t, deed }: Speech & { readonly deed: Deed }): VNode {
  return (
    <div class="narrow">
      <PageHeading
        title={t('moderation.answered.title')}
        lead={t(`moderation.told.reporter.${deed}`)}
      />
      <p class="muted">{t('moderation.answered.text')}</p>
    </div>
  )
}

/** In the menu of a person's page. */
export function ReportItem({ t, subject, path }: Props & { readonly subject: string }): VNode {
  const query = new URLSearchParams({ about: subject, from: path }).toString()
  return (
    <a class="menu-item" href={`/report?${query}`} rel="nofollow">
      <Icon name="flag" size={18} />
      {t('moderation.report.link')}
    </a>
  )
}
