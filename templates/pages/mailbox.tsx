import type { VNode } from 'preact'
import { Card } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { LinkButton } from '../button.tsx'
import { BackLink } from '../back-link.tsx'
import { Notice } from '../notice.tsx'
import type { Speech } from '../translate.ts'

export type MailboxLetter = {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly at: string
  readonly time: string
}

export type MailboxProps = Speech & { readonly letters: readonly MailboxLetter[] }

/** Letters of a station that has nobody to carry them; only its owner sees them. */
export function MailboxPage({ t, letters }: MailboxProps): VNode {
  return (
    <section class="mailbox">
      <p class="muted">{t('mailbox.lead')}</p>
      {letters.length === 0 ? (
        <EmptyState icon="mail" title={t('mailbox.empty')} text={t('mailbox.emptyText')} />
      ) : (
        <ul class="mailbox-list">
          {letters.map(({ id, to, subject, at, time }) => (
            <li key={id}>
              <a href={`/admin/mailbox/${id}`}>
                <b>{subject}</b>
                <span>{to}</span>
                <time dateTime={at}>{time}</time>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

export type MailboxLetterProps = Speech &
  MailboxLetter & {
    readonly text: string
    readonly link?: string | undefined
    /** Where the letter is shown as mail programs show it. */
    readonly htmlHref: string
  }

export function MailboxLetterPage(props: MailboxLetterProps): VNode {
  const { t, to, at, time, text, link, htmlHref } = props
  return (
    <section class="mailbox">
      <BackLink href="/admin/mailbox" label={t('mailbox.title')} />
      <p class="meta">
        <span>{to}</span>
        <time dateTime={at}>{time}</time>
      </p>
      {link !== undefined && (
        <Notice kind="info" title={t('mailbox.link')}>
          <a href={link}>{link}</a>
        </Notice>
      )}
      <Card>
        <pre class="mailbox-text">{text}</pre>
      </Card>
      <div>
        <LinkButton href={htmlHref} kind="line">
          {t('mailbox.html')}
        </LinkButton>
      </div>
    </section>
  )
}
