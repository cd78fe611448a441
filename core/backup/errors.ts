import { defineErrors } from '../errors.ts'

export const backupErrors = defineErrors({
  QL_BACKUP_NOTHING: {
    status: 409,
    en: 'There is nothing to back up in {dir}: no station has been started there.',
    ru: 'В {dir} нечего копировать: станцию там ещё не запускали.',
  },
  QL_BACKUP_TARGET_TAKEN: {
    status: 409,
    en: '{file} is there already. Name another file.',
    ru: 'Файл {file} уже существует. Назовите другой.',
  },
  QL_BACKUP_NO_SPACE: {
    status: 507,
    en: 'A backup in {folder} may take {needed} MiB, and {free} MiB are free. Nothing was made.',
    ru: 'Копия в {folder} может занять {needed} МиБ, а свободно {free} МиБ. Ничего не создано.',
  },
  QL_BACKUP_RUNNING: {
    status: 409,
    en: 'A backup is being made already. Wait until it has ended.',
    ru: 'Копия уже создаётся. Дождитесь окончания.',
  },
  QL_BACKUP_NOT_FOUND: {
    status: 404,
    en: 'There is no such backup.',
    ru: 'Такой копии нет.',
  },
  QL_BACKUP_BROKEN: {
    status: 422,
    en: '{file} is damaged and cannot be trusted: {detail}. Use another backup.',
    ru: 'Файл {file} повреждён, доверять ему нельзя: {detail}. Возьмите другую копию.',
  },
  QL_BACKUP_NEWER: {
    status: 422,
    en: '{file} was made by a newer version of the program ({detail}). Update the program first.',
    ru: 'Файл {file} создан более новой версией программы ({detail}). Сначала обновите программу.',
  },
  QL_BACKUP_OTHER_DATABASE: {
    status: 422,
    en: '{file} was made from {made}, and this station is set up for {here}. Set or leave out DATABASE_URL accordingly.',
    ru: 'Файл {file} сделан из базы {made}, а станция настроена на {here}. Задайте или уберите DATABASE_URL.',
  },
  QL_BACKUP_MODULE_MISSING: {
    status: 422,
    en: '{file} holds data of the module {module}, which is not installed here. Put it into the modules folder first.',
    ru: 'В {file} есть данные модуля {module}, которого здесь нет. Сначала положите его в папку модулей.',
  },
  QL_BACKUP_STATION_RUNS: {
    status: 409,
    en: 'The station is running, or another program uses its data. Stop it first.',
    ru: 'Станция работает, или её данные занимает другая программа. Сначала остановите её.',
  },
  QL_BACKUP_DATA_THERE: {
    status: 409,
    en: 'People live on this station already. With --force their data are kept aside and replaced.',
    ru: 'На этой станции уже есть люди. С --force их данные будут отложены в сторону и заменены.',
  },
  QL_BACKUP_LEDGER_LOST: {
    status: 409,
    en: 'The ledger of erasures here is not the one this backup knows: people erased after it would come back. Copy erasures.jsonl and erasures.key from the old data folder into {dir}, or accept it with --without-ledger.',
    ru: 'Реестр удалений здесь не тот, что известен копии: люди, удалённые после неё, вернулись бы. Перенесите erasures.jsonl и erasures.key из прежней папки данных в {dir} или согласитесь с этим: --without-ledger.',
  },
})
