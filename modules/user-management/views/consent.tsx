import { FieldError, type Translate } from '#core'
import type { VNode } from 'preact'

export type ConsentProps = {
  readonly t: Translate
  readonly error?: string | undefined
  readonly autofocus?: boolean | undefined
}

/**
 * Consent stands in a box of its own and is never ticked beforehand: it has to be an act of the
 * person (GDPR art. 4 (11), 152-FZ art. 9). Its text alone stands in it, and opens beside, so
 * nothing typed is lost.
 */
export function Consent({ t, error, autofocus }: ConsentProps): VNode {
  return (
    <div
      class={error === undefined ? 'consent' : 'consent consent-wrong'}
      data-value-missing={t('auth.consent.missing')}
    >
      <span class="check">
        <input
          type="checkbox"
          name="consent"
          value="true"
          id="field-consent"
          required
          autofocus={autofocus}
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={error === undefined ? 'consent-text' : 'consent-error consent-text'}
        />
      </span>
      <label for="field-consent">{t('auth.consent.title')}</label>
      <div class="consent-text">
        <p id="consent-text">{t('auth.consent.text')}</p>
        <p class="consent-links">
          <a href="/legal/consent" target="_blank">
            {t('auth.consent.more')}
          </a>
        </p>
        {error !== undefined && <FieldError id="consent-error" text={error} />}
      </div>
    </div>
  )
}
