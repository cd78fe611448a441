import { defineErrors } from '#core'

/** The expected failures of the blog. */
export const blogErrors = defineErrors({
  QL_BLOG_POST_NOT_FOUND: {
    status: 404,
    en: 'There is no such post.',
    ru: 'Такой записи нет.',
  },
  QL_BLOG_BLOG_NOT_FOUND: {
    status: 404,
    en: 'There is no such blog.',
    ru: 'Такого блога нет.',
  },
  QL_BLOG_PART_NOT_FOUND: {
    status: 404,
    en: 'There are no posts here.',
    ru: 'Здесь нет записей.',
  },
  QL_BLOG_POST_GONE: {
    status: 410,
    en: 'This post was removed.',
    ru: 'Эта запись удалена.',
  },
  QL_BLOG_BASE_REQUIRED: {
    status: 428,
    en: 'Say which revision the change was made on: baseRev.',
    ru: 'Укажите, на основе какой версии сделано изменение: baseRev.',
  },
  QL_BLOG_CONFLICT: {
    status: 409,
    en: 'The same place was changed in revision {current} meanwhile. Nothing was overwritten.',
    ru: 'То же место тем временем изменено в версии {current}. Ничего не перезаписано.',
  },
  QL_BLOG_DOCUMENT: {
    status: 422,
    en: 'The text cannot be kept as it is.',
    ru: 'Текст нельзя сохранить в таком виде.',
  },
  QL_BLOG_SLUG_INVALID: {
    status: 422,
    en: 'An address takes small Latin letters, digits and hyphens, 100 at most.',
    ru: 'Адрес состоит из строчных латинских букв, цифр и дефисов, не длиннее 100 знаков.',
  },
  QL_BLOG_SLUG_RESERVED: {
    status: 422,
    en: 'The station needs this address itself. Choose another one.',
    ru: 'Этот адрес нужен самой станции. Выберите другой.',
  },
  QL_BLOG_DATE_INVALID: {
    status: 422,
    en: 'There is no such moment.',
    ru: 'Такого момента времени нет.',
  },
  QL_BLOG_TAG_INVALID: {
    status: 422,
    en: 'A tag needs at least one visible character.',
    ru: 'В метке нужен хотя бы один видимый знак.',
  },
  QL_BLOG_CURSOR: {
    status: 422,
    en: 'This cursor is not one of ours.',
    ru: 'Такой закладки списка нет.',
  },
  QL_BLOG_PICTURE_MISSING: {
    status: 422,
    en: 'There is no such picture.',
    ru: 'Такого изображения нет.',
  },
  QL_BLOG_PUBLISHING_CONSENT: {
    status: 403,
    en: 'Publishing takes your consent to it. Give it in the settings under “My consents”; the text is kept as a draft.',
    ru: 'Для публикации нужно ваше согласие. Дать его можно в настройках, «Мои согласия»; текст сохранён в черновиках.',
  },
  QL_BLOG_TITLE_INVALID: {
    status: 422,
    en: 'A title takes at most 300 characters on one line.',
    ru: 'Заголовок — одна строка не длиннее 300 знаков.',
  },
  QL_BLOG_EXCERPT_INVALID: {
    status: 422,
    en: 'The short text takes at most 600 characters on one line.',
    ru: 'Краткий текст — одна строка не длиннее 600 знаков.',
  },
  QL_BLOG_TAGS_MANY: {
    status: 422,
    en: 'At most {max} tags.',
    ru: 'Не больше {max} меток.',
  },
})
