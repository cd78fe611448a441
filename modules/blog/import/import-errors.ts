import { defineErrors } from '#core'

/** The expected failures of moving in. */
export const importErrors = defineErrors({
  QL_BLOG_IMPORT_FILE: {
    status: 422,
    en: 'The file {file} cannot be read.',
    ru: 'Файл {file} не удаётся прочитать.',
  },
  QL_BLOG_IMPORT_BROKEN: {
    status: 422,
    en: 'The export cannot be read: {reason}. Nothing was changed.',
    ru: 'Выгрузку не удаётся прочитать: {reason}. Ничего не изменено.',
  },
  QL_BLOG_IMPORT_NOBODY: {
    status: 422,
    en: 'There is nobody named {username} on this station.',
    ru: 'На станции нет человека с именем {username}.',
  },
  QL_BLOG_IMPORT_UNKNOWN: {
    status: 422,
    en: 'There is no such import. Begin it again; what is there is kept.',
    ru: 'Такого переноса нет. Начните заново: перенесённое сохранится.',
  },
})
