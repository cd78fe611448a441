import { Button, Field, type Speech } from '#core'
import type { VNode } from 'preact'
import { leadingBack } from '../sign-in/return-path.ts'
import { AuthFrame, type Quote } from './auth-frame.tsx'
import { Consent } from './consent.tsx'
import { PasswordField } from './password-field.tsx'
import { Rules } from './rules.tsx'

export type AccountField = 'displayName' | 'username' | 'email' | 'password' | 'consent'

/** What was typed comes back, the password never. */
export type AccountValues = {
  readonly displayName: string
  readonly username: string
  readonly email: string
}

/** A sentence for each field that has to be mended. */
export type AccountErrors = Readonly<Partial<Record<AccountField, string>>>

export type RegisterProps = Speech & {
  readonly values: AccountValues
  readonly errors: AccountErrors
  /** What is wrong besides the fields, for example too many attempts. */
  readonly problem?: string | undefined
  /** Beginning of a page's address, for example `onego.example/user/`. */
  readonly addressPrefix: string
  /** Free user names, offered when the wanted one is taken. */
  readonly suggestions?: readonly string[] | undefined
  readonly minPassword: number
  /** The token of the invitation somebody came with, and who invites. */
  readonly invitation?: { readonly token: string; readonly madeBy: string } | undefined
  /** Path to go to with the new account; `/`: one's own page. */
  readonly returnTo?: string | undefined
  readonly quote?: Quote | undefined
}

export function RegisterPage(props: RegisterProps): VNode {
  const { t, invitation, returnTo = '/' } = props
  return (
    <AuthFrame
      {...props}
      title={t('auth.register.title')}
      action="/auth/register"
      lead={
        <>
          {invitation && <>{t('auth.register.invited', { name: `@${invitation.madeBy}` })} </>}
          {t('auth.register.here')}{' '}
          <a href={leadingBack('/auth/login', returnTo)}>{t('shell.signIn')}</a>
        </>
      }
    >
      {invitation && <input type="hidden" name="invitation" value={invitation.token} />}
      {returnTo !== '/' && <input type="hidden" name="return" value={returnTo} />}
      <AccountFields {...props} />
      <Button kind="primary" size="l" wide>
        {t('auth.register.button')}
      </Button>
      <Rules t={t} />
    </AuthFrame>
  )
}

const ORDER: readonly AccountField[] = ['displayName', 'username', 'email', 'password', 'consent']

/** The fields of a new account, the same for a resident and for the owner. */
export function AccountFields(props: Omit<RegisterProps, 'quote' | 'problem'>): VNode {
  const { t, values, errors } = props
  const first = ORDER.find((field) => errors[field] !== undefined) ?? 'displayName'
  const state = (field: AccountField): { error: string | undefined; autofocus: boolean } => ({
    error: errors[field],
    autofocus: field === first,
  })
  return (
    <>
      {/* Filled by the script with where the browser is, so that hours are right from the first day. */}
      <input type="hidden" name="timeZone" value="" />
      <Field
        name="displayName"
        label={t('auth.displayName')}
        value={values.displayName}
        {...state('displayName')}
        autocomplete="name"
        maxLength={80}
        required
      />
      <div
        class="username"
        data-username
        data-free={t('auth.username.isFree')}
        data-taken={t('auth.username.isTaken')}
        data-wrong={t('auth.username.isWrong')}
        data-offered={t('auth.username.free')}
      >
        <Field
          name="username"
          label={t('auth.username')}
          value={values.username}
          {...state('username')}
          prefix={props.addressPrefix}
          help={errors.username === undefined ? t('auth.username.help') : undefined}
          autocomplete="username"
          spelling="off"
          maxLength={32}
          required
        />
        <Suggestions {...props} />
      </div>
      <Field
        name="email"
        type="email"
        label={t('auth.email')}
        value={values.email}
        {...state('email')}
        autocomplete="email"
        spelling="off"
        maxLength={254}
        required
      />
      <PasswordField t={t} minLength={props.minPassword} {...state('password')} />
      <Consent t={t} {...state('consent')} />
    </>
  )
}

/** A press sends the form with the chosen name instead of the taken one. */
function Suggestions({
  t,
  suggestions = [],
}: Pick<RegisterProps, 't' | 'suggestions'>): VNode | null {
  if (suggestions.length === 0) return null
  return (
    <div class="suggestions" role="group" aria-label={t('auth.username.free')}>
      <span class="suggestions-label" aria-hidden="true">
        {t('auth.username.free')}
      </span>
      {suggestions.map((username) => (
        <Button key={username} kind="soft" name="suggestion" value={username} formNoValidate>
          {username}
        </Button>
      ))}
    </div>
  )
}
