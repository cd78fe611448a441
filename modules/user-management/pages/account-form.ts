import type { Auth, ModuleRequest, Role } from '#core'
import { type Refusal, formText, refusalIn } from '../form.ts'
import { lookIn } from '../profile/look-cookies.ts'
import type { NewPerson } from '../registration/registration.ts'
import { zoneSaid } from '../profile/time-zones.ts'
import { suggestUsernames } from '../registration/username-suggestions.ts'
import type { AccountErrors, AccountField, AccountValues } from '../views/register.tsx'

const FIELDS: readonly AccountField[] = ['displayName', 'username', 'email', 'password', 'consent']

/** What the form of a new account shows, for a resident as for the owner. */
export interface AccountForm {
  readonly values: AccountValues
  readonly errors: AccountErrors
  readonly problem?: string
  readonly addressPrefix: string
  readonly suggestions?: readonly string[]
  readonly minPassword: number
}

export function emptyAccountForm(request: ModuleRequest, minPassword: number): AccountForm {
  return { ...constantsOf(request, minPassword), values: valuesIn(undefined), errors: {} }
}

/** The person a sent form describes. */
export function personIn(request: ModuleRequest, role: Role): NewPerson {
  const { body, locale, cookies } = request
  return {
    ...valuesIn(body),
    password: formText(body, 'password'),
    consent: formText(body, 'consent') === 'true',
    role,
    locale,
    timeZone: zoneSaid(formText(body, 'timeZone')),
    ...lookIn(cookies),
  }
}

/** The form again, with all that was typed but the password, and the status of the answer. */
export async function refusedAccountForm(
  request: ModuleRequest,
  error: unknown,
  { auth, role }: { readonly auth: Auth; readonly role: Role },
): Promise<{ readonly status: number; readonly form: AccountForm }> {
  const refusal = refusalIn(error, FIELDS, request.locale)
  const values = valuesIn(request.body)
  const form: AccountForm = {
    ...constantsOf(request, auth.minPassword(role)),
    values,
    errors: refusal.errors,
    ...(refusal.problem === undefined ? {} : { problem: refusal.problem }),
    suggestions: await suggestionsFor(refusal, values.username, auth),
  }
  return { status: refusal.status, form }
}

async function suggestionsFor(
  { codes }: Refusal<AccountField>,
  username: string,
  auth: Auth,
): Promise<readonly string[]> {
  if (![...codes].some((code) => code.startsWith('QL_AUTH_USERNAME_'))) return []
  return suggestUsernames(username, (name) => auth.isUsernameFree(name))
}

function constantsOf({ origin }: ModuleRequest, minPassword: number) {
  return { addressPrefix: `${new URL(origin).host}/user/`, minPassword }
}

/** A pressed suggestion takes the place of the name that was taken. */
function valuesIn(form: unknown): AccountValues {
  return {
    displayName: formText(form, 'displayName'),
    username: formText(form, 'suggestion') || formText(form, 'username'),
    email: formText(form, 'email'),
  }
}
