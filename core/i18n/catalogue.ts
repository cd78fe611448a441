import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../port/requests.ts'

export const LOCALES: readonly Locale[] = ['ru', 'en']

export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string

type Texts = ReadonlyMap<string, string>

/** The station's texts in both languages: the core's own and every docked module's. */
export class Catalogue {
  readonly #texts: Record<Locale, Map<string, string>> = { ru: new Map(), en: new Map() }
  readonly #formats = new Map<string, IntlMessageFormat>()
  readonly #translators: Record<Locale, Translate> = {
    ru: (key, values) => this.#text('ru', key, values),
    en: (key, values) => this.#text('en', key, values),
  }

  /** Adds `<dir>/ru.json` and `<dir>/en.json`, flat objects of ICU messages; absent files add nothing. */
  addFolder(dir: string): void {
    for (const locale of LOCALES) {
      for (const [key, text] of readTexts(join(dir, `${locale}.json`))) {
        this.#texts[locale].set(key, text)
      }
    }
    this.#formats.clear()
  }

  /** A translator; a key that is missing in one language is shown in the other, then as itself. */
  translator(locale: Locale): Translate {
    return this.#translators[locale]
  }

  #text(locale: Locale, key: string, values?: Readonly<Record<string, string | number>>): string {
    const other: Locale = locale === 'ru' ? 'en' : 'ru'
    const text = this.#texts[locale].get(key) ?? this.#texts[other].get(key)
    if (text === undefined) return key
    if (!text.includes('{')) return text
    return String(this.#format(locale, key, text).format(values))
  }

  #format(locale: Locale, key: string, text: string): IntlMessageFormat {
    const name = `${locale} ${key}`
    const known = this.#formats.get(name)
    if (known) return known
    const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true })
    this.#formats.set(name, format)
    return format
  }
}

function readTexts(path: string): Texts {
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch {
    /* A module without texts of its own. */
    return new Map()
  }
  return new Map(Object.entries(JSON.parse(source) as Record<string, string>))
}

/** The best of our two languages for an `Accept-Language` header (RFC 9110 §12.5.4). */
export function preferredLocale(header: string | undefined, fallback: Locale): Locale {
  let best: { locale: Locale; weight: number } | undefined
  for (const part of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
    const weight = Number(parameters.find((p) => p.trim().startsWith('q='))?.split('=')[1] ?? 1)
    const locale = LOCALES.find((known) => tag === known || tag.startsWith(`${known}-`))
    if (locale && weight > (best?.weight ?? 0)) best = { locale, weight }
  }
  return best?.locale ?? fallback
}
