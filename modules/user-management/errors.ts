import { CodedError, defineErrors, type FieldProblem } from '#core'

export const errors = defineErrors({
  QL_USERS_FORM_WRONG: {
    status: 422,
    en: 'Some fields do not fit. What was typed is kept.',
    ru: 'Часть полей заполнена неверно. Введённое сохранено.',
  },
  QL_USERS_CONSENT_MISSING: {
    status: 422,
    en: 'Without consent to data processing the station cannot keep a page.',
    ru: 'Без согласия на обработку данных станция не может хранить страницу.',
  },
  QL_USERS_NAME_EMPTY: {
    status: 422,
    en: 'Write how you want to be called.',
    ru: 'Напишите, как вас зовут.',
  },
  QL_USERS_NAME_LONG: {
    status: 422,
    en: 'The name is too long: at most {max} characters.',
    ru: 'Имя слишком длинное: не больше {max} знаков.',
  },
  QL_USERS_BIO_LONG: {
    status: 422,
    en: 'The text is too long: at most {max} characters.',
    ru: 'Текст слишком длинный: не больше {max} знаков.',
  },
  QL_USERS_PLACE_LONG: {
    status: 422,
    en: 'The place is too long: at most {max} characters.',
    ru: 'Название места слишком длинное: не больше {max} знаков.',
  },
  QL_USERS_LINKS_MANY: {
    status: 422,
    en: 'There is room for {max} links.',
    ru: 'Ссылок может быть не больше {max}.',
  },
  QL_USERS_LINK_WRONG: {
    status: 422,
    en: 'This is not the address of a web page: {link}',
    ru: 'Это не адрес страницы в сети: {link}',
  },
  QL_USERS_TIME_ZONE_UNKNOWN: {
    status: 422,
    en: 'Choose a time zone from the list.',
    ru: 'Выберите часовой пояс из списка.',
  },
  QL_USERS_NOT_FOUND: {
    status: 404,
    en: 'Nobody on this station has this name.',
    ru: 'На станции нет человека с таким именем.',
  },
})

/** A field and what is wrong with it. */
export interface WrongField {
  /** JSON pointer into the body, e.g. `/displayName`. */
  readonly path: string
  readonly error: CodedError
}

/** Leaves out the fields that are right. */
export function wrongFields(
  faults: Readonly<Record<string, CodedError | null>>,
): readonly WrongField[] {
  return Object.entries(faults).flatMap(([path, error]) => (error ? [{ path, error }] : []))
}

/** One wrong field under its own code, or several together; `errors` names them all. */
export function refusalOf(
  wrong: readonly WrongField[],
  others: readonly FieldProblem[] = [],
): CodedError {
  const [first] = wrong
  const own = wrong.map(({ path, error }) => ({
    path,
    code: error.code,
    en: error.text('en'),
    ru: error.text('ru'),
  }))
  const all = [...own, ...others]
  if (!first || all.length > 1) return errors.QL_USERS_FORM_WRONG({ errors: all })
  const { code, entry, details } = first.error
  return new CodedError(code, entry, { ...details, errors: all })
}
