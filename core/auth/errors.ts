import { CodedError, coreErrors, defineErrors } from '../errors.ts'

export const authErrors = defineErrors({
  QL_AUTH_WRONG_CREDENTIALS: {
    status: 401,
    en: 'The name or the password does not fit.',
    ru: 'Имя или пароль не подходят.',
  },
  QL_AUTH_TOO_MANY_ATTEMPTS: {
    status: 429,
    en: 'Too many attempts to sign in. Try again in {minutes} min.',
    ru: 'Слишком много попыток входа. Повторите через {minutes} мин.',
  },
  QL_AUTH_BLOCKED: {
    status: 403,
    en: 'This account is blocked. Write to the owner of the station.',
    ru: 'Этот аккаунт заблокирован. Напишите владельцу станции.',
  },
  QL_AUTH_CODE_NEEDED: {
    status: 401,
    en: 'The password is right. Now give a code of your second factor.',
    ru: 'Пароль верный. Теперь нужен код второго фактора.',
  },
  QL_AUTH_CODE_WRONG: {
    status: 401,
    en: 'The code does not fit, or it was used already. If an app shows it, see whether its clock is right.',
    ru: 'Код не подошёл или уже использован. Если он из приложения, проверьте часы на том устройстве.',
  },
  QL_AUTH_STEP_EXPIRED: {
    status: 401,
    en: 'Too much time has passed. Give your password again.',
    ru: 'Прошло слишком много времени. Введите пароль ещё раз.',
  },
  QL_AUTH_VERIFY_NEEDED: {
    status: 403,
    en: 'Confirm first that it is you: with your password or a code.',
    ru: 'Сначала подтвердите, что это вы: паролем или кодом.',
  },
  QL_AUTH_ROLE_PASSWORD: {
    status: 403,
    en: 'Your role needs a password of at least 15 characters. Choose a new one by “Forgot your password?”.',
    ru: 'Для вашей роли нужен пароль не короче 15 знаков. Выберите новый через «Забыли пароль?».',
  },
  QL_AUTH_FACTOR_OFF: {
    status: 409,
    en: 'There is no second factor yet.',
    ru: 'Второй фактор ещё не включён.',
  },
  QL_AUTH_OFFER_EXPIRED: {
    status: 409,
    en: 'This secret has run out. Begin again with a new one.',
    ru: 'Этот секрет устарел. Начните заново с новым.',
  },
  QL_AUTH_SESSION_NOT_FOUND: {
    status: 404,
    en: 'This session has ended already.',
    ru: 'Этот сеанс уже завершён.',
  },
  QL_AUTH_REFRESH_INVALID: {
    status: 401,
    en: 'The session has ended. Sign in again.',
    ru: 'Сеанс завершён. Войдите ещё раз.',
  },
  QL_AUTH_OTHER_PERSON: {
    status: 401,
    en: 'Somebody else is signed in in this browser now. Nothing was changed.',
    ru: 'В этом браузере теперь вошёл другой человек. Ничего не изменено.',
  },
  QL_AUTH_SETUP_CLOSED: {
    status: 404,
    en: 'The station already has an owner, or the link is from an earlier start.',
    ru: 'У станции уже есть владелец, либо ссылка осталась от прошлого запуска.',
  },
  QL_AUTH_LAST_OWNER: {
    status: 409,
    en: 'A station needs an owner. Name another one first.',
    ru: 'У станции должен быть владелец. Сначала назначьте другого.',
  },
  QL_AUTH_ONESELF: {
    status: 403,
    en: 'An act for many people leaves out whoever does it.',
    ru: 'Действие сразу для нескольких людей не касается того, кто его выполняет.',
  },
  QL_AUTH_RANK: {
    status: 403,
    en: 'Only someone of a higher role can do this.',
    ru: 'Это может сделать только тот, чья роль выше.',
  },
  QL_AUTH_NOBODY: {
    status: 404,
    en: 'There is no such account.',
    ru: 'Такого аккаунта нет.',
  },
  QL_AUTH_USERNAME_INVALID: {
    status: 422,
    en: 'From 3 to 32 characters: Latin letters, digits, “-” and “_”, beginning with a letter.',
    ru: 'От 3 до 32 знаков: латинские буквы, цифры, «-» и «_», первой идёт буква.',
  },
  QL_AUTH_USERNAME_LETTERS: {
    status: 422,
    en: 'Not Latin: {letters}. The address of a page is written in Latin letters.',
    ru: 'Не латинские: {letters}. Адрес страницы пишется латинскими буквами.',
  },
  QL_AUTH_USERNAME_SIMILAR: {
    status: 409,
    en: 'This name looks almost like somebody else’s. Choose another.',
    ru: 'Это имя слишком похоже на чужое. Выберите другое.',
  },
  QL_AUTH_LINK_DEAD: {
    status: 410,
    en: 'This link has been used already, is too old, or was copied in part.',
    ru: 'Ссылка уже использована, устарела или скопирована не целиком.',
  },
  QL_AUTH_PASSWORD_WRONG: {
    status: 422,
    en: 'This is not your password.',
    ru: 'Это не ваш пароль.',
  },
  QL_AUTH_REGISTRATION_CLOSED: {
    status: 403,
    en: 'The station takes nobody new at the moment.',
    ru: 'Сейчас станция никого не принимает.',
  },
  QL_AUTH_INVITATION_NEEDED: {
    status: 403,
    en: 'The station takes new people by invitation.',
    ru: 'Станция принимает по приглашениям.',
  },
  QL_AUTH_INVITATION_DEAD: {
    status: 410,
    en: 'This invitation is used up, has expired or was taken back.',
    ru: 'Приглашение уже использовано, истекло или отозвано.',
  },
  QL_AUTH_INVITATION_UNKNOWN: {
    status: 404,
    en: 'There is no such invitation.',
    ru: 'Такого приглашения нет.',
  },
  QL_AUTH_USERNAME_RESERVED: {
    status: 422,
    en: 'The station keeps this name for itself. Choose another.',
    ru: 'Это имя станция оставила себе. Выберите другое.',
  },
  QL_AUTH_USERNAME_TAKEN: {
    status: 409,
    en: 'This name is already taken. Choose another.',
    ru: 'Это имя уже занято. Выберите другое.',
  },
  QL_AUTH_EMAIL_INVALID: {
    status: 422,
    en: 'This does not look like an e-mail address.',
    ru: 'Это не похоже на адрес электронной почты.',
  },
  QL_AUTH_EMAIL_TAKEN: {
    status: 409,
    en: 'There is already an account with this e-mail address.',
    ru: 'С этим адресом почты уже есть аккаунт.',
  },
  QL_AUTH_PASSWORD_SHORT: {
    status: 422,
    en: 'The password is too short: at least {min} characters.',
    ru: 'Пароль слишком короткий: нужно не меньше {min} знаков.',
  },
  QL_AUTH_PASSWORD_LONG: {
    status: 422,
    en: 'The password is too long: at most {max} characters.',
    ru: 'Пароль слишком длинный: не больше {max} знаков.',
  },
  QL_AUTH_PASSWORD_COMMON: {
    status: 422,
    en: 'This password is easy to guess. A few unrelated words make a better one.',
    ru: 'Этот пароль легко угадать. Лучше взять несколько не связанных слов.',
  },
})

export function tooManyAttempts(retryAfterS: number): CodedError {
  const values = { minutes: Math.ceil(retryAfterS / 60) }
  return authErrors.QL_AUTH_TOO_MANY_ATTEMPTS({ retryAfterS, values })
}

/** A field and what is wrong with it. */
export interface WrongField {
  /** JSON pointer into the body, e.g. `/username`. */
  readonly path: string
  readonly error: CodedError
}

/** One wrong field under its own code, or several together; `errors` names them all. */
export function refusalOf(wrong: readonly [WrongField, ...WrongField[]]): CodedError {
  const errors = wrong.map(({ path, error }) => ({
    path,
    code: error.code,
    en: error.text('en'),
    ru: error.text('ru'),
  }))
  const [{ error }] = wrong
  if (wrong.length > 1) return coreErrors.QL_VALIDATION({ errors })
  return new CodedError(error.code, error.entry, { ...error.details, errors })
}
