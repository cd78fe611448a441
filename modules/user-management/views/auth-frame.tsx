import { FieldError, Notice, type Speech } from '#core'
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
  /** Where the form goes; left out on a page without one. */
  readonly action?: string | undefined
  readonly method?: 'get' | 'post' | undefined
  /** What is wrong with the form as a whole. */
  readonly problem?: string | undefined
  readonly quote?: Quote | undefined
  /** Stands above the title, for example a portrait. */
  readonly above?: ComponentChildren
  readonly children?: ComponentChildren
}

/** Form on the left, a lake at night on the right; on a phone the form alone. */
export function AuthFrame(props: AuthFrameProps): VNode {
  const { action, method = 'post' } = props
  return (
    <div class="auth">
      <div class="auth-column">
        {action === undefined ? (
          <div class="auth-form">
            <Words {...props} />
          </div>
        ) : (
          <form
            class="auth-form"
            method={method}
            action={action}
            data-value-missing={props.t('auth.missing')}
            data-type-mismatch={props.t('auth.email.wrong')}
          >
            <Words {...props} />
            <template data-field-error>
              <FieldError id="" text="" />
            </template>
          </form>
        )}
      </div>
      <Picture {...props} />
    </div>
  )
}

function Words({ above, title, lead, problem, children }: AuthFrameProps): VNode {
  return (
    <>
      <div class="auth-head">
        {above}
        <h1>{title}</h1>
        {lead !== undefined && <p>{lead}</p>}
      </div>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {children}
    </>
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
