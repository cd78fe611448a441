import { h } from 'preact'
import { LetterBody, markupOf, type Translate } from '../../templates/index.ts'
import type { Locale } from '../port/requests.ts'
import type { Letter } from './index.ts'

/** What a letter says; both its parts are made of it. */
export interface LetterWords {
  /** Speaks `locale`. */
  readonly t: Translate
  readonly locale: Locale
  readonly stationName: string
  readonly subject: string
  readonly paragraphs: readonly string[]
  /** The button; the address stands below it once more in full. */
  readonly action?: { readonly label: string; readonly url: string }
  /** In small print below, e.g. what to do when it was not you. */
  readonly notes?: readonly string[]
  readonly unsubscribeUrl?: string
}

export type ComposedLetter = Pick<Letter, 'locale' | 'subject' | 'text' | 'html'> & {
  readonly unsubscribeUrl?: string
}

/**
 * A letter in the station's look, as text and as HTML.
 *
 * @example
 * await mail.send(tx, { to, kind: 'reset', link: url, ...composeLetter({ t, locale, … }) })
 */
export function composeLetter(words: LetterWords): ComposedLetter {
  const { locale, subject, unsubscribeUrl } = words
  return {
    locale,
    subject,
    text: textOf(words),
    html: `<!doctype html>${markupOf(h(LetterBody, words))}`,
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl }),
  }
}

function textOf(words: LetterWords): string {
  const { t, stationName, subject, paragraphs, action, notes = [], unsubscribeUrl } = words
  const parts = [
    subject,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...notes,
    `-- \n${t('letter.footer', { station: stationName })}`,
    ...(unsubscribeUrl === undefined ? [] : [`${t('letter.unsubscribe')}\n${unsubscribeUrl}`]),
  ]
  return `${parts.join('\n\n')}\n`
}
