import type { VNode } from 'preact'
import { LinkButton } from '../button.tsx'
import type { Registration } from '../layout-props.ts'
import type { Speech } from '../translate.ts'

const EXPLAINED = [400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503] as const

export type ErrorPageProps = Speech & {
  /** HTTP status; one without words of its own is explained as 400 or 500. */
  readonly status: number
  /** The coded error's own sentence, where it says more than the status. */
  readonly detail?: string | undefined
  /** Quoted to the operator, who finds the request in the log by it. */
  readonly requestId?: string | undefined
  /** Seconds until another attempt makes sense; shown with 429 and 503. */
  readonly retryAfterSeconds?: number | undefined
  /** Path of the page that failed, for «Повторить» and for coming back after signing in. */
  readonly path: string
  readonly signedIn: boolean
  readonly registration?: Registration | undefined
}

/** Says what happened, what is kept, and what to do. */
export function ErrorPage(props: ErrorPageProps): VNode {
  const { t } = props
  const status = explained(props.status)
  return (
    <section class="failure">
      <Picture lost={status === 404 || status === 410} />
      <p class="failure-status">{t('error.status', { status: props.status })}</p>
      <h1>{t(`error.${status}.title`)}</h1>
      <p class="failure-text">{props.detail ?? t(`error.${status}.text`)}</p>
      <p class="failure-kept">{t(`error.${status}.kept`)}</p>
      {props.retryAfterSeconds !== undefined && (
        <p class="failure-kept">{t('error.wait', { seconds: props.retryAfterSeconds })}</p>
      )}
      <Actions {...props} status={status} />
      {props.requestId !== undefined && (
        <p class="failure-id">
          {t('error.request')} <code>{props.requestId}</code>
        </p>
      )}
    </section>
  )
}

const REPEATABLE = new Set([429, 500, 503])

function Actions({ t, status, path, signedIn, registration }: ErrorPageProps): VNode {
  const isDenied = status === 401 || status === 403
  const needsPerson = !signedIn && registration !== 'absent' && isDenied
  return (
    <div class="failure-actions">
      {REPEATABLE.has(status) && (
        <LinkButton href={path} kind="primary" icon="undo-2">
          {t('error.again')}
        </LinkButton>
      )}
      {needsPerson && (
        <LinkButton href={`/auth/login?return=${encodeURIComponent(path)}`} kind="primary">
          {t('error.signIn')}
        </LinkButton>
      )}
      <LinkButton href="/" kind={REPEATABLE.has(status) || needsPerson ? 'line' : 'primary'}>
        {t('error.home')}
      </LinkButton>
    </div>
  )
}

function explained(status: number): number {
  if ((EXPLAINED as readonly number[]).includes(status)) return status
  return status >= 500 ? 500 : 400
}

/** The station's mark with a quark gone from its orbit, or with a loose bond. */
function Picture({ lost }: { readonly lost: boolean }): VNode {
  return (
    <svg class="failure-picture" viewBox="0 0 240 132" aria-hidden="true">
      <ellipse cx="120" cy="66" rx="112" ry="46" class="orbit" />
      <ellipse cx="120" cy="66" rx="76" ry="30" class="orbit" />
      <path d={lost ? 'M106 82h28' : 'M120 52 134 82h-28'} class="failure-bond" />
      <circle cx="106" cy="82" r="10" class="mark-third" />
      <circle cx="134" cy="82" r="10" class="mark-second" />
      <circle cx={lost ? 206 : 120} cy={lost ? 36 : 50} r="10" class="mark-first" />
      {lost && <circle cx="120" cy="50" r="10" class="failure-gap" />}
    </svg>
  )
}
