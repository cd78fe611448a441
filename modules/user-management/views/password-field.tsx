import { Field, type Translate } from '#core'
import type { VNode } from 'preact'

export type PasswordFieldProps = {
  readonly t: Translate
  readonly error?: string | undefined
  readonly autofocus?: boolean | undefined
  /** Default `password`. */
  readonly name?: string | undefined
  readonly label?: string | undefined
  /** For a password being chosen: its least length. Left out where one signs in. */
  readonly minLength?: number | undefined
}

/**
 * A plain password field. `client/password.ts` adds the button that shows it and, where a password
 * is chosen, four bars with a sentence; its words travel in data attributes.
 */
export function PasswordField(props: PasswordFieldProps): VNode {
  const { t, error, autofocus, minLength, name = 'password', label = t('auth.password') } = props
  const chosen = minLength !== undefined
  return (
    <div
      class="password"
      data-password={chosen ? 'new' : 'current'}
      data-min={minLength}
      data-too-short={chosen ? t('auth.password.tooShort', { min: minLength }) : undefined}
      data-show={t('auth.password.show')}
      data-hide={t('auth.password.hide')}
      data-short={chosen ? t('auth.password.short') : undefined}
      data-weak={chosen ? t('auth.password.weak') : undefined}
      data-good={chosen ? t('auth.password.good') : undefined}
      data-strong={chosen ? t('auth.password.strong') : undefined}
    >
      <Field
        name={name}
        type="password"
        label={label}
        help={chosen ? t('auth.password.help', { min: minLength }) : undefined}
        error={error}
        autofocus={autofocus}
        autocomplete={chosen ? 'new-password' : 'current-password'}
        minLength={minLength}
        spelling="off"
        required
      />
    </div>
  )
}
