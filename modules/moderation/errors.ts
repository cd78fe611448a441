import { defineErrors } from '#core'

export const errors = defineErrors({
  QL_MODERATION_REPORT_NOT_FOUND: {
    status: 404,
    en: 'There is no such report.',
    ru: 'Такой жалобы нет.',
  },
  QL_MODERATION_DECIDED: {
    status: 409,
    en: 'Somebody else has already decided on this report.',
    ru: 'По этой жалобе уже принято решение.',
  },
})
