import { Button, Card, fullDate, Icon, Notice, type Speech } from '#core'
import type { VNode } from 'preact'
import type { QrCode } from '../sign-in/qr-code.ts'
import { CodeField } from './code-field.tsx'

export type SecondFactorProps = Speech & {
  readonly state: {
    readonly isOn: boolean
    readonly since: string | null
    readonly recoveryCodesLeft: number
  }
  readonly offer: { readonly secret: string; readonly uri: string; readonly ticket: string }
  readonly qr: QrCode
  readonly problem?: string | undefined
  /** IANA name */
  readonly timeZone: string
}

/** Turning codes on; with codes on, everything else that can be done with them. */
export function SecondFactorPage(props: SecondFactorProps): VNode {
  const { t, state } = props
  return (
    <div class="factor">
      <a class="factor-back" href="/settings#security">
        <Icon name="arrow-left" />
        {t('settings.nav')}
      </a>
      <header>
        <h1>{t('factor.title')}</h1>
        <p>{t('factor.lead')}</p>
      </header>
      {state.isOn ? <Existing {...props} /> : <Setup {...props} />}
    </div>
  )
}

function Setup(props: SecondFactorProps): VNode {
  const { t, offer, qr, problem, state } = props
  return (
    <form class="factor-setup" method="post" action="/settings/second-factor">
      <input type="hidden" name="ticket" value={offer.ticket} />
      <ol>
        <li>
          <h2>{t('factor.scan')}</h2>
          <p>{t('factor.scan.text')}</p>
          <div class="factor-secret">
            <svg
              class="qr"
              viewBox={`0 0 ${qr.size} ${qr.size}`}
              role="img"
              aria-label={t('factor.qr')}
            >
              <rect class="qr-paper" width={qr.size} height={qr.size} />
              <path class="qr-ink" d={qr.path} />
            </svg>
            <div>
              <p>{t('factor.byHand')}</p>
              <code>{grouped(offer.secret)}</code>
              <p>
                <a href={offer.uri}>{t('factor.open')}</a>
              </p>
            </div>
          </div>
        </li>
        <li>
          <h2>{t('factor.confirm')}</h2>
          <CodeField t={t} problem={problem} />
        </li>
      </ol>
      <Button kind="primary">{t(state.isOn ? 'factor.renew' : 'factor.turnOn')}</Button>
    </form>
  )
}

function Existing(props: SecondFactorProps): VNode {
  const { t, locale, timeZone, state, problem } = props
  const { since, recoveryCodesLeft: left } = state
  return (
    <>
      {since !== null && (
        <Notice kind="good">{t('factor.on', { date: fullDate(since, locale, timeZone) })}</Notice>
      )}
      <Card
        title={t('factor.codes')}
        text={t('factor.codes.left', { count: left })}
        id="recovery-codes"
      >
        {left < 3 && <Notice kind="warn">{t('factor.codes.few')}</Notice>}
        <form method="post" action="/settings/second-factor/recovery-codes">
          <Button icon="life-buoy">{t('factor.codes.renew')}</Button>
        </form>
      </Card>
      <Card title={t('factor.other')} text={t('factor.other.text')} id="other-app">
        <details open={problem !== undefined}>
          <summary>{t('factor.other.show')}</summary>
          <Setup {...props} />
        </details>
      </Card>
      <Card title={t('factor.off')} text={t('factor.off.text')} id="turn-off">
        <form method="post" action="/settings/second-factor/removal">
          <Button kind="danger">{t('factor.off.button')}</Button>
        </form>
      </Card>
    </>
  )
}

/** In fours, as people read aloud. */
function grouped(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
