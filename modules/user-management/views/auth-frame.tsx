import { Notice, type Speech } from '#core'
import type { ComponentChildren, VNode } from 'preact'

/** A line from a public post, shown on the picture beside a form. */
export type Quote = {
  readonly text: string
  readonly author: string
  readonly title: string
  readonly href: string
}

export type AuthFrameProps = Speech & {
  readonly title: string
  readonly lead?: ComponentChildren
  readonly action: string
  /** What is wrong with the form as a whole. */
  readonly problem?: string | undefined
  readonly quote?: Quote | undefined
  readonly children?: ComponentChildren
}

/** Form on the left, a lake at night on the right; on a phone the form alone. */
export function AuthFrame(props: AuthFrameProps): VNode {
  return (
    <div class="auth">
      <div class="auth-column">
        <form class="auth-form" method="post" action={props.action}>
          <div class="auth-head">
            <h1>{props.title}</h1>
            {props.lead !== undefined && <p>{props.lead}</p>}
          </div>
          {props.problem !== undefined && <Notice kind="bad">{props.problem}</Notice>}
          {props.children}
        </form>
      </div>
      <Picture {...props} />
    </div>
  )
}

function Picture({ t, quote }: AuthFrameProps): VNode {
  return (
    <aside class="auth-picture" aria-label={t('auth.picture')}>
      <div class="auth-quote">
        <p>{quote?.text ?? t('auth.quote')}</p>
        {quote && (
          <footer>
            <a href={quote.href}>
              {t('auth.quoted', { author: quote.author, title: quote.title })}
            </a>
          </footer>
        )}
      </div>
    </aside>
  )
}
