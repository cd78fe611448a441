import { defineErrors } from '#core'

export const errors = defineErrors({
  QL_ADMIN_NO_SECTION: {
    status: 404,
    en: 'There is no such section.',
    ru: 'Такого раздела нет.',
  },
})
