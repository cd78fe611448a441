/** Looks up a text of the messenger by its key, and fills it. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string

const PREFIX = 'messaging.ui.'

/**
 * The module's texts in one language. Of ICU MessageFormat it knows what these texts use: `{name}`
 * and one level of `{count, plural, one {…} other {…}}` with `#` for the number.
 */
export function wordsIn(locale: string, texts: Readonly<Record<string, string>>): Say {
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  const shown = (value: string | number | undefined): string =>
    typeof value === 'number' ? numbers.format(value) : (value ?? '')
  return (key, values = {}) => {
    const text = texts[PREFIX + key]
    if (text === undefined) return key
    if (!text.includes('{')) return text
    const chosen = text.replaceAll(PLURAL, (_all, name: string, forms: string) => {
      const count = Number(values[name] ?? 0)
      const known = formsOf(forms)
      const form = known.get(`=${count}`) ?? known.get(plurals.select(count)) ?? known.get('other')
      return (form ?? '').replaceAll('#', shown(count))
    })
    return chosen.replaceAll(NAME, (_all, name: string) => shown(values[name]))
  }
}

const NAME = /\{(\w+)\}/g
const PLURAL = /\{(\w+),\s*plural,\s*((?:[=\w]+\s*\{[^{}]*(?:\{\w+\}[^{}]*)*\}\s*)+)\}/g
const FORM = /([=\w]+)\s*\{([^{}]*(?:\{\w+\}[^{}]*)*)\}/g

function formsOf(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(FORM), ([, name = '', form = '']) => [name, form]))
}
