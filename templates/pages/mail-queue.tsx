import type { VNode } from 'preact'
import { Button } from '../button.tsx'
import { Card } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { Notice } from '../notice.tsx'
import type { Speech } from '../translate.ts'

export type QueuedMail = {
  readonly id: string
  readonly to: string
  /** What it is about, in words. */
  readonly about: string
  readonly at: string
  readonly time: string
  readonly attempts: number
  readonly next: string
  readonly error: string
}

export type MailQueueProps = Speech & {
  readonly waiting: readonly QueuedMail[]
  readonly dead: readonly QueuedMail[]
  readonly isRetried: boolean
}

/** What waits to be carried, and what nobody would take; without the words of the letters. */
export function MailQueuePage({ t, waiting, dead, isRetried }: MailQueueProps): VNode {
  return (
    <div class="admin-column">
      {isRetried && <Notice kind="good">{t('mailQueue.retried')}</Notice>}
      {dead.length > 0 && (
        <Card title={t('mailQueue.dead', { count: dead.length })} text={t('mailQueue.deadText')}>
          <ol class="dead-letters">
            {dead.map((letter) => (
              <li key={letter.id}>
                <Head letter={letter} />
                <p class="muted">{t('mailQueue.attempts', { count: letter.attempts })}</p>
                <pre tabindex={0}>{letter.error}</pre>
                <form method="post" action={`/admin/mail/${letter.id}/retry`}>
                  <Button kind="primary" size="s">
                    {t('mailQueue.retry')}
                  </Button>
                </form>
              </li>
            ))}
          </ol>
        </Card>
      )}
      <Card title={t('mailQueue.waiting', { count: waiting.length })}>
        {waiting.length === 0 ? (
          <EmptyState icon="mail" title={t('mailQueue.empty')} text={t('mailQueue.emptyText')} />
        ) : (
          <ol class="dead-letters">
            {waiting.map((letter) => (
              <li key={letter.id}>
                <Head letter={letter} />
                {letter.attempts > 0 && (
                  <>
                    <p class="muted">
                      {t('mailQueue.attempts', { count: letter.attempts })}{' '}
                      {t('mailQueue.next', { time: letter.next })}
                    </p>
                    {letter.error !== '' && <pre tabindex={0}>{letter.error}</pre>}
                  </>
                )}
              </li>
            ))}
          </ol>
        )}
      </Card>
    </div>
  )
}

function Head({ letter }: { readonly letter: QueuedMail }): VNode {
  return (
    <p class="mail-head">
      <b>{letter.about}</b>
      <span>{letter.to}</span>
      <time dateTime={letter.at}>{letter.time}</time>
    </p>
  )
}
