import { defineErrors } from '../errors.ts'

export const notificationErrors = defineErrors({
  QL_PUSH_ENDPOINT: {
    status: 422,
    en: 'This address belongs to no push service the station knows.',
    ru: 'Этот адрес не принадлежит ни одной известной станции службе push-уведомлений.',
  },
})
