import { defineErrors } from '#core'

export const errors = defineErrors({
  QL_RELATIONS_PERSON_NOT_FOUND: {
    status: 404,
    en: 'Nobody on this station has this name.',
    ru: 'На станции нет человека с таким именем.',
  },
  QL_RELATIONS_SELF: {
    status: 422,
    en: 'This is your own page.',
    ru: 'Это ваша собственная страница.',
  },
  QL_RELATIONS_REFUSED: {
    status: 403,
    en: 'You cannot follow this person.',
    ru: 'Подписаться на этого человека нельзя.',
  },
  QL_RELATIONS_BLOCKED: {
    status: 409,
    en: 'You have blocked this person. Unblock them first.',
    ru: 'Вы заблокировали этого человека. Сначала снимите блокировку.',
  },
  QL_RELATIONS_TOO_MANY: {
    status: 422,
    en: 'The list is full: at most {max} people.',
    ru: 'Список полон: не больше {max} человек.',
  },
  QL_RELATIONS_CURSOR: {
    status: 422,
    en: 'The list cannot be continued from here. Begin it anew.',
    ru: 'Отсюда список не продолжить. Откройте его сначала.',
  },
})
