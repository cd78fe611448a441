import { defineErrors } from '#core'

export const errors = defineErrors({
  QL_ADMIN_NO_SECTION: {
    status: 404,
    en: 'There is no such section.',
    ru: 'Такого раздела нет.',
  },
  QL_ADMIN_ROLE_MISSING: {
    status: 422,
    en: 'Say which role to give.',
    ru: 'Укажите, какую роль дать.',
  },
  QL_ADMIN_UNCONFIRMED: {
    status: 422,
    en: 'To confirm, type the name: {consumer}.',
    ru: 'Для подтверждения введите имя: {consumer}.',
  },
})
