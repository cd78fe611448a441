import { CodedError, type Locale } from '#core'

/** The text of one field of a sent form; '' when it is absent or sent more than once. */
export function formText(form: unknown, name: string): string {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, name) : ''
  return typeof value === 'string' ? value : ''
}

/** Every text of a field that may be sent more than once. */
export function formTexts(form: unknown, name: string): readonly string[] {
  const value: unknown = typeof form === 'object' && form !== null ? Reflect.get(form, name) : []
  return [value].flat().filter((text) => typeof text === 'string')
}

/** A refused form, as the page shows it again. */
export interface Refusal<Field extends string> {
  readonly status: number
  /** A sentence for each field that has to be mended. */
  readonly errors: Readonly<Partial<Record<Field, string>>>
  readonly codes: ReadonlySet<string>
  /** What is wrong besides the fields. */
  readonly problem?: string
}

/**
 * Reads an expected failure as sentences for the fields of a form.
 *
 * @throws the error itself when it is no expected failure.
 */
export function refusalIn<Field extends string>(
  error: unknown,
  fields: readonly Field[],
  locale: Locale,
): Refusal<Field> {
  if (!(error instanceof CodedError)) throw error
  const problems = error.details.errors ?? []
  const errors: Partial<Record<Field, string>> = {}
  for (const field of fields) {
    const problem = problems.find(({ path }) => path === `/${field}`)
    if (problem) errors[field] = problem[locale]
  }
  const isExplained = Object.keys(errors).length > 0
  return {
    status: error.entry.status,
    errors,
    codes: new Set([error.code, ...problems.map(({ code }) => code)]),
    ...(isExplained ? {} : { problem: error.text(locale) }),
  }
}
