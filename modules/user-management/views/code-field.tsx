import { Notice, type Translate } from '#core'
import type { VNode } from 'preact'

export type CodeFieldProps = {
  readonly t: Translate
  /** Default `code`. */
  readonly name?: string | undefined
  /** What was wrong with the code before. */
  readonly problem?: string | undefined
  readonly triesLeft?: number | undefined
  /** Says under the field when the code changes. */
  readonly countdown?: boolean | undefined
}

/**
 * One real input for six digits. `client/code.ts` draws it as six cells, sends it with the sixth digit
 * and counts down to the next code; without it the field is as good.
 */
export function CodeField(props: CodeFieldProps): VNode {
  const { t, name = 'code', problem, triesLeft, countdown = false } = props
  const tries = triesLeft === undefined ? '' : ` ${t('auth.code.tries', { count: triesLeft })}`
  return (
    <div class="field code-field">
      {problem !== undefined && <Notice kind="bad">{`${problem}${tries}`}</Notice>}
      <label for="field-code">{t('auth.code.label')}</label>
      <div
        class={problem === undefined ? 'code-box' : 'code-box code-box-wrong'}
        data-code
        data-countdown={countdown ? t('auth.code.changes', { seconds: '%' }) : undefined}
      >
        <input
          id="field-code"
          name={name}
          inputmode="numeric"
          autocomplete="one-time-code"
          pattern="[0-9 ]{6,7}"
          maxLength={7}
          required
          autofocus
          aria-invalid={problem === undefined ? undefined : 'true'}
        />
      </div>
    </div>
  )
}
