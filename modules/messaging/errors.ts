import { defineErrors } from '#core'

export const errors = defineErrors({
  QL_MSG_NOT_FOUND: {
    status: 404,
    en: 'There is no such chat or message.',
    ru: 'Такого чата или сообщения нет.',
  },
  QL_MSG_PERSON_NOT_FOUND: {
    status: 404,
    en: 'Nobody on this station has the name {name}.',
    ru: 'На станции нет человека с именем {name}.',
  },
  QL_MSG_INVITE_GONE: {
    status: 404,
    en: 'This invitation is no longer valid.',
    ru: 'Это приглашение больше не действует.',
  },
  QL_MSG_NOT_ALLOWED: {
    status: 403,
    en: 'You may not do this here.',
    ru: 'Здесь это вам недоступно.',
  },
  QL_MSG_BANNED: {
    status: 403,
    en: 'You cannot join this chat.',
    ru: 'Вступить в этот чат нельзя.',
  },
  QL_MSG_BLOCKED_BY_YOU: {
    status: 403,
    en: 'You have blocked this person. Unblock them to write.',
    ru: 'Этот человек у вас заблокирован. Снимите блокировку, чтобы написать.',
  },
  QL_MSG_CANNOT_ADD: {
    status: 403,
    en: '{name} cannot be added.',
    ru: 'Добавить {name} нельзя.',
  },
  QL_MSG_CID_CONFLICT: {
    status: 409,
    en: 'This number belongs to another message already.',
    ru: 'Этот номер уже принадлежит другому сообщению.',
  },
  QL_MSG_CHANGED: {
    status: 409,
    en: 'It was changed meanwhile on another device.',
    ru: 'Тем временем это изменили на другом устройстве.',
  },
  QL_MSG_SLUG_TAKEN: {
    status: 409,
    en: 'This address is taken.',
    ru: 'Этот адрес занят.',
  },
  QL_MSG_SLOW_MODE: {
    status: 429,
    en: 'Slow mode: the next message in {seconds} s.',
    ru: 'Медленный режим: следующее сообщение через {seconds} с.',
  },
  QL_MSG_EMPTY: {
    status: 422,
    en: 'The message is empty.',
    ru: 'Сообщение пустое.',
  },
  QL_MSG_TOO_LONG: {
    status: 422,
    en: 'The message is longer than {max} characters.',
    ru: 'Сообщение длиннее {max} знаков.',
  },
  QL_MSG_ENTITIES: {
    status: 422,
    en: 'The formatting does not fit the text.',
    ru: 'Разметка не подходит к тексту.',
  },
  QL_MSG_MEDIA: {
    status: 422,
    en: 'A file of the message is not there. Attach it again.',
    ru: 'Файла из сообщения нет. Прикрепите его ещё раз.',
  },
  QL_MSG_REPLY: {
    status: 422,
    en: 'What you answer is not there.',
    ru: 'Сообщения, на которое вы отвечаете, нет.',
  },
  QL_MSG_FORWARD: {
    status: 422,
    en: 'These messages cannot be forwarded.',
    ru: 'Эти сообщения нельзя переслать.',
  },
  QL_MSG_EDIT_LATE: {
    status: 422,
    en: 'A message can be changed for {hours} hours.',
    ru: 'Сообщение можно изменить в течение {hours} часов.',
  },
  QL_MSG_EMOJI: {
    status: 422,
    en: 'React with one emoji.',
    ru: 'Реакция — это один эмодзи.',
  },
  QL_MSG_TITLE: {
    status: 422,
    en: 'Give the chat a title of 1 to {max} characters.',
    ru: 'Дайте чату название от 1 до {max} знаков.',
  },
  QL_MSG_SLUG: {
    status: 422,
    en: 'An address is 4 to 40 Latin letters, digits and hyphens.',
    ru: 'Адрес — от 4 до 40 латинских букв, цифр и дефисов.',
  },
  QL_MSG_HISTORY: {
    status: 422,
    en: 'Only a group without an address can keep its history from newcomers.',
    ru: 'Скрыть историю от новых участников можно только в группе без адреса.',
  },
  QL_MSG_TOO_MANY: {
    status: 422,
    en: 'At most {max}.',
    ru: 'Не больше {max}.',
  },
  QL_MSG_OWNER_STAYS: {
    status: 422,
    en: 'Hand the chat over or delete it first.',
    ru: 'Сначала передайте или удалите чат.',
  },
  QL_MSG_CURSOR: {
    status: 422,
    en: 'The list cannot be continued from here. Begin it anew.',
    ru: 'Отсюда список не продолжить. Откройте его сначала.',
  },
})
