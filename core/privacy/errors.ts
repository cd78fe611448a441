import { defineErrors } from '../errors.ts'

export const privacyErrors = defineErrors({
  QL_PRIVACY_DOCUMENT_UNKNOWN: {
    status: 404,
    en: 'There is no such document.',
    ru: 'Такого документа нет.',
  },
  QL_PRIVACY_DOCUMENT_CHANGED: {
    status: 409,
    en: 'Somebody has published another version meanwhile. Your text is kept here; look at theirs first.',
    ru: 'Пока вы писали, появилась другая версия. Ваш текст сохранён здесь; сначала посмотрите на новую.',
  },
  QL_PRIVACY_VERSION_OLD: {
    status: 409,
    en: 'This is not the version in force. Show the person the newest one and ask again.',
    ru: 'Эта версия уже не действует. Покажите человеку новую и спросите ещё раз.',
  },
  QL_PRIVACY_CONSENT_NEEDED: {
    status: 409,
    en: 'Without this consent there is no account. To take it back is to delete the account.',
    ru: 'Без этого согласия аккаунт работать не может. Отозвать его значит удалить аккаунт.',
  },
  QL_PRIVACY_EXPORT_UNKNOWN: {
    status: 404,
    en: 'There is no such archive, or its time is over.',
    ru: 'Такого архива нет, или срок его хранения истёк.',
  },
  QL_PRIVACY_OWNER_STAYS: {
    status: 409,
    en: 'The owner of the station cannot be deleted. Make somebody else the owner first.',
    ru: 'Владельца станции удалить нельзя. Сначала передайте станцию другому.',
  },
  QL_PRIVACY_ADDRESS_WRONG: {
    status: 422,
    en: 'Type the e-mail address of your own account, so that nothing is deleted by accident.',
    ru: 'Введите адрес почты своего аккаунта, чтобы ничего не удалить случайно.',
  },
  QL_PRIVACY_LEDGER_BROKEN: {
    status: 500,
    en: 'The ledger of erasures {file} was changed by hand (line {line}). Put back the right file: without it people who left could return.',
    ru: 'Журнал удалений {file} изменён вручную (строка {line}). Верните правильный файл: без него могут вернуться данные тех, кто ушёл.',
    report: true,
  },
})
