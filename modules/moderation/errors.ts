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
  QL_MODERATION_UNDO_OVER: {
    status: 409,
    en: 'The decision stands: it can be taken back for ten seconds, by who made it.',
    ru: 'Решение принято: отменить его можно в течение десяти секунд и только самому.',
  },
})
