import type { VNode } from 'preact'
import { Button, LinkButton } from '../button.tsx'
import { Card } from '../card.tsx'
import type { Speech } from '../translate.ts'

export type UnsubscribeProps = Speech & {
  /** What the letters are about, in the reader's language. */
  readonly kind: string
  readonly isDone: boolean
  /** Where the button sends its form. */
  readonly action: string
}

/** What the link at the end of a letter leads to; it needs no signing in. */
export function UnsubscribePage({ t, kind, isDone, action }: UnsubscribeProps): VNode {
  const title = t(isDone ? 'unsubscribe.doneTitle' : 'unsubscribe.title')
  return (
    <section class="unsubscribe">
      <h1>{title}</h1>
      <Card>
        <p>{t(isDone ? 'unsubscribe.done' : 'unsubscribe.text', { kind })}</p>
        {isDone ? (
          <LinkButton href="/settings#notifications" kind="line">
            {t('unsubscribe.settings')}
          </LinkButton>
        ) : (
          <form method="post" action={action}>
            <Button kind="primary">{t('unsubscribe.button')}</Button>
          </form>
        )}
      </Card>
    </section>
  )
}
