import type { Locale } from './port/requests.ts'

/** One expected failure: its status and what a person reads, in both languages. */
export interface ErrorEntry {
  readonly status: number
  readonly en: string
  readonly ru: string
  /** True when the operator should hear of it. Default false. */
  readonly report?: boolean
}

/** One problem with one field; `path` is a JSON pointer into the body, e.g. `/title`. */
export interface FieldProblem {
  readonly path: string
  readonly code: string
  readonly en: string
  readonly ru: string
}

export interface ErrorDetails {
  /** Values for `{name}` in the texts. */
  readonly values?: Readonly<Record<string, string | number>>
  readonly errors?: readonly FieldProblem[]
  /** More members of the problem document, e.g. `base` and `current` of a conflict. */
  readonly members?: Readonly<Record<string, unknown>>
  readonly retryAfterS?: number
  readonly cause?: unknown
}

/** An expected failure with a stable code. Anything else that is thrown is a bug: 500. */
export class CodedError extends Error {
  override readonly name = 'CodedError'
  readonly code: string
  readonly entry: ErrorEntry
  readonly details: ErrorDetails

  constructor(code: string, entry: ErrorEntry, details: ErrorDetails = {}) {
    super(`${code}: ${filled(entry.en, details.values)}`, { cause: details.cause })
    this.code = code
    this.entry = entry
    this.details = details
  }

  text(locale: Locale): string {
    return filled(this.entry[locale], this.details.values)
  }
}

/**
 * A module's table of expected failures. Codes are `QL_<MODULE>_<WHAT>` and never reused.
 *
 * @example
 * const errors = defineErrors({ QL_BLOG_POST_NOT_FOUND: { status: 404, en: '…', ru: '…' } })
 * throw errors.QL_BLOG_POST_NOT_FOUND()
 */
export function defineErrors<Code extends string>(
  table: Readonly<Record<Code, ErrorEntry>>,
): Readonly<Record<Code, (details?: ErrorDetails) => CodedError>> {
  const made: Partial<Record<Code, (details?: ErrorDetails) => CodedError>> = {}
  for (const code of Object.keys(table) as Code[]) {
    made[code] = (details) => new CodedError(code, table[code], details)
  }
  return made as Readonly<Record<Code, (details?: ErrorDetails) => CodedError>>
}

function filled(text: string, values: ErrorDetails['values']): string {
  if (!values) return text
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

export const coreErrors = defineErrors({
  QL_NOT_FOUND: {
    status: 404,
    en: 'There is nothing at this address.',
    ru: 'По этому адресу ничего нет.',
  },
  QL_UNAUTHENTICATED: {
    status: 401,
    en: 'Sign in to continue.',
    ru: 'Войдите, чтобы продолжить.',
  },
  QL_ORIGIN: {
    status: 403,
    en: 'The request did not come from this site. Open the page again and repeat.',
    ru: 'Запрос пришёл не с этого сайта. Откройте страницу заново и повторите.',
  },
  QL_VALIDATION: {
    status: 422,
    en: 'Some of the data does not fit. What was typed is kept.',
    ru: 'Часть данных не подходит. Введённое сохранено.',
  },
  QL_BODY_TOO_LARGE: {
    status: 413,
    en: 'The request is too large: at most {max} KiB.',
    ru: 'Запрос слишком большой: не более {max} КиБ.',
  },
  QL_BODY_BROKEN: {
    status: 400,
    en: 'The request body is not valid JSON.',
    ru: 'Тело запроса — не правильный JSON.',
  },
  QL_MEDIA_TYPE: {
    status: 415,
    en: 'This address takes application/json.',
    ru: 'Этот адрес принимает application/json.',
  },
  QL_RATE_LIMIT: {
    status: 429,
    en: 'Too many requests. Try again in {seconds} s.',
    ru: 'Слишком много запросов. Повторите через {seconds} с.',
  },
  QL_BUSY: {
    status: 503,
    en: 'The station is busy. Try again in a moment.',
    ru: 'Станция занята. Повторите чуть позже.',
  },
  QL_STORAGE_FULL: {
    status: 507,
    en: 'There is no space left to save this. Nothing was changed.',
    ru: 'Не хватило места, чтобы сохранить. Ничего не изменено.',
    report: true,
  },
  QL_CALL_UNAVAILABLE: {
    status: 503,
    en: 'The part that answers {name} is not running.',
    ru: 'Часть станции, которая отвечает на {name}, не работает.',
  },
  QL_INTERNAL: {
    status: 500,
    en: 'Something went wrong on our side. It has been written down.',
    ru: 'Ошибка на нашей стороне. Она уже записана.',
    report: true,
  },
})
