import { defineErrors } from '../errors.ts'

export const mediaErrors = defineErrors({
  QL_MEDIA_FORM: {
    status: 415,
    en: 'This address takes a form with a file (multipart/form-data).',
    ru: 'Этот адрес принимает форму с файлом (multipart/form-data).',
  },
  QL_MEDIA_MISSING: {
    status: 422,
    en: 'Choose a file first.',
    ru: 'Сначала выберите файл.',
  },
  QL_MEDIA_TOO_LARGE: {
    status: 413,
    en: 'The file is larger than {max} MiB.',
    ru: 'Файл больше {max} МиБ.',
  },
  QL_MEDIA_UNKNOWN_TYPE: {
    status: 415,
    en: 'This is not a picture the station can show. It takes JPEG, PNG, GIF, WebP and AVIF.',
    ru: 'Такое изображение станция показать не может. Подойдут JPEG, PNG, GIF, WebP и AVIF.',
  },
  QL_MEDIA_NOT_VOICE: {
    status: 415,
    en: 'This is not a voice recording: it must be Opus in Ogg or WebM.',
    ru: 'Это не запись голоса: нужен Opus в Ogg или WebM.',
  },
  QL_MEDIA_BROKEN: {
    status: 422,
    en: 'The picture is damaged and could not be read to the end.',
    ru: 'Изображение повреждено, его не удалось прочитать до конца.',
  },
  QL_MEDIA_TOO_MANY_PIXELS: {
    status: 422,
    en: 'The picture has too many pixels: at most {max} megapixels.',
    ru: 'В изображении слишком много точек: не больше {max} мегапикселей.',
  },
  QL_MEDIA_TOO_MANY_FRAMES: {
    status: 422,
    en: 'The animation is too long: at most {max} frames.',
    ru: 'Анимация слишком длинная: не больше {max} кадров.',
  },
  QL_MEDIA_TOO_SLOW: {
    status: 422,
    en: 'The picture takes too long to prepare.',
    ru: 'Изображение обрабатывается слишком долго.',
  },
  QL_MEDIA_FAILED: {
    status: 422,
    en: 'The picture could not be prepared. Try another one.',
    ru: 'Изображение не удалось обработать. Попробуйте другое.',
    report: true,
  },
  QL_MEDIA_QUOTA: {
    status: 413,
    en: 'There is no room left for this file: your files may take {max} MiB.',
    ru: 'Для этого файла не осталось места: ваши файлы могут занимать {max} МиБ.',
  },
  QL_MEDIA_GONE: {
    status: 422,
    en: 'The picture is no longer kept. Upload it again.',
    ru: 'Изображение больше не хранится. Загрузите его ещё раз.',
  },
})
