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
  QL_MODERATION_RANK: {
    status: 403,
    en: 'It belongs to somebody of your own rank or above: somebody higher decides.',
    ru: 'Автор той же или более высокой роли: решает тот, кто выше.',
  },
  QL_MODERATION_OWN: {
    status: 403,
    en: 'Nobody decides on reports about themselves.',
    ru: 'Жалобы на самого себя никто не решает.',
  },
  QL_MODERATION_DEED: {
    status: 409,
    en: 'This cannot be done with what was reported.',
    ru: 'С тем, на что пожаловались, так поступить нельзя.',
  },
  QL_MODERATION_RESTORED: {
    status: 409,
    en: 'There is nothing hidden by this decision any more.',
    ru: 'Этим решением больше ничего не скрыто.',
  },
  QL_MODERATION_ANSWERED: {
    status: 409,
    en: 'You have already answered this decision, or it does not stand any more.',
    ru: 'Вы уже ответили на это решение, или оно больше не действует.',
  },
})
