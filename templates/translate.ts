/**
 * Looks a text up by its key (`landing.title`) in the reader's language and fills its ICU
 * MessageFormat arguments. The answer is plain text: markup escapes it like any other value.
 */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** The languages every text of the interface is written in. */
export type Locale = 'ru' | 'en'

/** What each view that speaks to a person receives besides its own props. */
export type Speech = { readonly t: Translate; readonly locale: Locale }
