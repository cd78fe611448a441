interface Text {
  readonly en: string
  readonly ru: string
}

const isRussian = /^ru/i.test(
  process.env['QUARK_LOCALE'] ?? process.env['LC_ALL'] ?? process.env['LANG'] ?? '',
)

/** The operator's language: QUARK_LOCALE, else the shell's. */
export function inLanguage(text: Text): string {
  return isRussian ? text.ru : text.en
}

/** A command that could not do what was asked; the message is one sentence for the operator. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'

  constructor(text: Text) {
    super(inLanguage(text))
  }
}

/** The result for people, or the same as one JSON document for programs. */
export function answer(
  options: { readonly json?: boolean | undefined },
  value: unknown,
  lines: readonly string[],
): void {
  console.log(options.json ? JSON.stringify(value, null, 2) : lines.join('\n'))
}

export const JSON_OPTION = [
  '--json',
  inLanguage({ en: 'answer as JSON', ru: 'ответить в JSON' }),
] as const
