import { defineErrors } from '../errors.ts'

export const notificationErrors = defineErrors({
  QL_NOTIFICATIONS_KIND_UNKNOWN: {
    status: 422,
    en: 'You are told of nothing called {kind}.',
    ru: 'Уведомлений «{kind}» у вас нет.',
  },
  QL_PUSH_ENDPOINT: {
    status: 422,
    en: 'This address belongs to no push service the station knows.',
    ru: 'Этот адрес не принадлежит ни одной известной станции службе push-уведомлений.',
  },
})
