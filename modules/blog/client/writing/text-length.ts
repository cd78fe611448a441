const WORDS_PER_MINUTE = 180

/** Words in the sense of a reader: runs of letters and digits, joined by hyphens or apostrophes. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[-'’][\p{L}\p{N}]+)*/gu)?.length ?? 0
}

export function minutesFor(words: number): number {
  return Math.max(1, Math.round(words / WORDS_PER_MINUTE))
}

export type PluralForms = Readonly<Record<string, string>>

/** `{one: '# слово', …}` with 21 → «21 слово». */
export function counted(count: number, forms: PluralForms, rules: Intl.PluralRules): string {
  const form = forms[rules.select(count)] ?? forms['other'] ?? '#'
  return form.replace('#', String(count))
}
