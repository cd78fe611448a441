import { defineErrors } from '../errors.ts'

export const realtimeErrors = defineErrors({
  QL_RT_UPGRADE: {
    status: 426,
    en: 'This address opens a WebSocket.',
    ru: 'По этому адресу открывается WebSocket.',
  },
  QL_RT_SOCKETS: {
    status: 429,
    en: 'At most {max} connections of one person at a time.',
    ru: 'Не больше {max} соединений одного человека одновременно.',
  },
  QL_RT_METHOD_UNKNOWN: {
    status: 404,
    en: 'There is no method {name}.',
    ru: 'Нет метода {name}.',
  },
})
