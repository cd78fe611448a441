import { Type } from '../type.ts'
import { both, type FieldWords, type Words } from './wording.ts'

const closed = { additionalProperties: false } as const

const choice = <const Name extends string>(names: readonly Name[], words: FieldWords) =>
  Type.Unsafe<Name>({ type: 'string', enum: names, ...words })

const days = (minimum: number, maximum: number, words: Omit<FieldWords, 'unit'>) =>
  Type.Integer({ minimum, maximum, ...words, unit: both('days', 'дн.') })

const MEBIBYTE = 2 ** 20
const YEARS = 3650

const station = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: 60,
      pattern: '\\S',
      titles: both('Name of the station', 'Название станции'),
      help: both(
        'Stands in the title of every page and in letters.',
        'Стоит в заголовке каждой страницы и в письмах.',
      ),
    }),
    locale: choice(['ru', 'en'], {
      titles: both('Language', 'Язык'),
      help: both(
        'For visitors whose browser asks for neither Russian nor English.',
        'Для тех, чей браузер не просит ни русского, ни английского.',
      ),
      options: { ru: both('Russian', 'Русский'), en: both('English', 'Английский') },
    }),
  },
  closed,
)

const line = (maxLength: number, words: FieldWords) => Type.String({ maxLength, ...words })

const operator = Type.Object(
  {
    name: line(200, {
      titles: both('Name', 'Имя или название'),
      help: both(
        'A person or an organisation. Empty: the name of the station.',
        'Человек или организация. Пусто: название станции.',
      ),
    }),
    address: line(300, {
      titles: both('Postal address', 'Почтовый адрес'),
      help: both('Where a letter on paper reaches you.', 'Куда дойдёт бумажное письмо.'),
    }),
    email: line(254, {
      titles: both('E-mail', 'Электронная почта'),
      help: both('For questions about personal data.', 'Для вопросов о персональных данных.'),
    }),
    asksPublishing: Type.Boolean({
      titles: both('Ask for consent to publishing', 'Спрашивать согласие на распространение'),
      help: both(
        'Pages and posts of a person are public only after a consent of its own (152-FZ, art. 10.1).',
        'Страница и записи человека открыты только после отдельного согласия (152-ФЗ, ст. 10.1).',
      ),
    }),
  },
  closed,
)

const people = Type.Object(
  {
    registration: choice(['open', 'invitation', 'closed'], {
      titles: both('New people', 'Новые люди'),
      help: both(
        'Those who already have an account are not affected. While nobody may register, invitations let nobody in either.',
        'На тех, у кого аккаунт уже есть, это не влияет. Пока регистрация закрыта, не впускают и приглашения.',
      ),
      options: {
        open: both('Anybody may register', 'Регистрация открыта всем'),
        invitation: both('Only by invitation', 'Только по приглашению'),
        closed: both('Nobody may register', 'Регистрация закрыта'),
      },
    }),
    confirmMail: Type.Boolean({
      titles: both('Confirm e-mail addresses', 'Подтверждать адрес почты'),
      help: both(
        'A new account can be used after its address has been confirmed. Takes effect when mail is set up.',
        'Новым аккаунтом можно пользоваться после подтверждения адреса. Действует, когда настроена почта.',
      ),
    }),
  },
  closed,
)

const media = Type.Object(
  {
    quotaBytes: Type.Integer({
      minimum: 10 * MEBIBYTE,
      maximum: 1024 * 1024 * MEBIBYTE,
      titles: both('Storage per person', 'Место на человека'),
      help: both(
        'How much one person may upload in all. What is already stored stays.',
        'Сколько всего может загрузить один человек. Уже загруженное остаётся.',
      ),
      unit: both('bytes', 'байт'),
      /* The form counts in larger units than the program. */
      scale: { factor: MEBIBYTE, unit: both('MiB', 'МиБ') },
    }),
  },
  closed,
)

const retention = Type.Object(
  {
    logDays: days(1, YEARS, {
      titles: both('Technical log', 'Технический журнал'),
      help: both('How long its files are kept.', 'Сколько хранить его файлы.'),
    }),
    auditDays: days(30, YEARS, {
      titles: both('Audit log', 'Журнал действий'),
      help: both(
        'Older rows are removed; a sealed note of it stays.',
        'Более старые строки удаляются; остаётся заверенная отметка об этом.',
      ),
    }),
    sessionDays: days(1, 365, {
      titles: both('Ended sessions', 'Завершённые сеансы'),
      help: both(
        'How long it is known where somebody was signed in.',
        'Сколько помнить, где человек входил.',
      ),
    }),
    deletedContentDays: days(0, 365, {
      titles: both('Deleted posts and messages', 'Удалённые записи и сообщения'),
      help: both('They can be brought back until then.', 'До истечения срока их можно вернуть.'),
    }),
    unconfirmedDays: days(1, 90, {
      titles: both('Unconfirmed accounts', 'Неподтверждённые аккаунты'),
      help: both(
        'Removed when the address was not confirmed by then.',
        'Удаляются, если адрес так и не подтвердили.',
      ),
    }),
  },
  closed,
)

const backups = Type.Object(
  {
    daily: Type.Boolean({
      titles: both('Back up every day', 'Копировать каждый день'),
      help: both(
        'At night, without stopping the station. Each copy is checked.',
        'Ночью, не останавливая станцию. Каждая копия проверяется.',
      ),
    }),
    keep: Type.Integer({
      minimum: 1,
      maximum: 35,
      titles: both('Daily copies kept', 'Сколько ежедневных копий хранить'),
      help: both(
        'No copy in the folder of the station outlives 35 days, so that erased people are gone from all of them.',
        'В папке станции ни одна копия не живёт дольше 35 дней, чтобы удалённые люди исчезли из всех.',
      ),
    }),
  },
  closed,
)

interface Section {
  readonly titles: Words
  readonly help: Words
  readonly schema: object
}

/** All that can be set while the station runs, in the order of the page. */
export const SECTIONS = {
  station: {
    titles: both('Station', 'Станция'),
    help: both('How the station introduces itself.', 'Как станция представляется.'),
    schema: station,
  },
  operator: {
    titles: both('Operator', 'Оператор'),
    help: both(
      'Who answers for personal data; stands in the legal documents.',
      'Кто отвечает за персональные данные; стоит в правовых документах.',
    ),
    schema: operator,
  },
  people: {
    titles: both('People', 'Люди'),
    help: both('Who may join.', 'Кто может присоединиться.'),
    schema: people,
  },
  media: {
    titles: both('Pictures and files', 'Картинки и файлы'),
    help: both('How much is kept.', 'Сколько хранится.'),
    schema: media,
  },
  retention: {
    titles: both('How long things are kept', 'Сроки хранения'),
    help: both('What is older is removed once a day.', 'То, что старше, удаляется раз в сутки.'),
    schema: retention,
  },
  backups: {
    titles: both('Backups', 'Резервные копии'),
    help: both('Copies in the data folder.', 'Копии в папке данных.'),
    schema: backups,
  },
} as const satisfies Readonly<Record<string, Section>>
