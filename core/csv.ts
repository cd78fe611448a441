import type { Locale } from './port/requests.ts'

/** A mark without which Excel takes UTF-8 for the letters of its country. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Where the comma stands in decimals, a spreadsheet parts its columns by semicolons. */
const SEPARATORS: Readonly<Record<Locale, string>> = { en: ',', ru: ';' }

/**
 * A table that a spreadsheet of this language opens at a double click: UTF-8 with its mark, the
 * separator of the language, and no cell that runs as a formula.
 */
export function spreadsheet(
  rows: readonly (readonly (string | number | null)[])[],
  locale: Locale,
): string {
  const lines = rows.map((cells) => `${csvLine(cells, SEPARATORS[locale])}\r\n`)
  return BYTE_ORDER_MARK + lines.join('')
}

export function csvLine(cells: readonly unknown[], separator = ','): string {
  return cells.map(csvCell).join(separator)
}

/**
 * A cell that a spreadsheet shows and does not run (OWASP: CSV injection): what begins like a
 * formula gets an apostrophe, and everything but a number stands in quotes (RFC 4180).
 */
export function csvCell(value: unknown): string {
  if (typeof value === 'number') return String(value)
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return `"${harmless.replaceAll('"', '""')}"`
}
