export type DocumentLocale = 'ru' | 'en'

/** The words that the renderer adds to a document. */
export interface DocumentLabels {
  footnotes: string
  footnote: (number: number) => string
  backToText: string
  table: (number: number) => string
  taskDone: string
  taskOpen: string
  pictureMissing: string
  pictureOutside: string
  openPicture: string
  openPage: (site: string) => string
  unknownBlock: (module: string) => string
}

const ru: DocumentLabels = {
  footnotes: 'Примечания',
  footnote: (number) => `Примечание ${number}`,
  backToText: 'Вернуться к тексту',
  table: (number) => `Таблица ${number}`,
  taskDone: 'Сделано',
  taskOpen: 'Не сделано',
  pictureMissing: 'Изображение недоступно',
  pictureOutside: 'Изображение на другом сайте',
  openPicture: 'Открыть изображение',
  openPage: (site) => `Открыть страницу на ${site}`,
  unknownBlock: (module) => `Здесь блок модуля «${module}»; сейчас этот модуль не работает`,
}

const en: DocumentLabels = {
  footnotes: 'Notes',
  footnote: (number) => `Note ${number}`,
  backToText: 'Back to the text',
  table: (number) => `Table ${number}`,
  taskDone: 'Done',
  taskOpen: 'Not done',
  pictureMissing: 'Picture unavailable',
  pictureOutside: 'Picture on another site',
  openPicture: 'Open the picture',
  openPage: (site) => `Open the page on ${site}`,
  unknownBlock: (module) => `A block of the module “${module}”, which is not running now`,
}

export const documentLabels: Readonly<Record<DocumentLocale, DocumentLabels>> = { ru, en }
