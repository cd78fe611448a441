'use strict'

/** The sentences of the boot script: they are needed before anything is installed. */
const TEXTS = {
  en: {
    installing: () => 'Installing the pinned packages and Node 26, this takes about a minute…',
    npm: () => 'npm was not found: install Node.js 20 or newer together with npm and try again.',
    platform: (name) =>
      `Quark-Light cannot start on ${name}: Node 26 is provided for Linux (x64, arm64), macOS (x64, arm64) and Windows (x64).`,
    offline: () =>
      'The packages could not be downloaded: check the network connection and run the command again.',
    install: () => 'Installation failed: npm’s own message above names the cause.',
    node: (version) =>
      `Node 26 was installed but does not run here (${version || 'no answer'}): on Linux a glibc-based system is needed, such as Debian, Ubuntu or Fedora.`,
    busy: (folder, pid) =>
      `Another start (process ${pid || '?'}) has been installing for over 20 minutes: if it is stuck, end it, delete ${folder} and try again.`,
    broken: (reason) => `Preparation failed: ${reason}.`,
  },
  ru: {
    installing: () => 'Устанавливаются пакеты и Node 26, это займёт около минуты…',
    npm: () =>
      'Программа npm не найдена: установите Node.js 20 или новее вместе с npm и повторите команду.',
    platform: (name) =>
      `Quark-Light не может работать на ${name}: Node 26 есть для Linux (x64, arm64), macOS (x64, arm64) и Windows (x64).`,
    offline: () => 'Не удалось скачать пакеты: проверьте подключение к сети и повторите команду.',
    install: () => 'Установка не удалась: причина названа выше, в сообщении npm.',
    node: (version) =>
      `Node 26 установлен, но здесь не запускается (${version || 'нет ответа'}): в Linux нужна система на основе glibc, например Debian, Ubuntu или Fedora.`,
    busy: (folder, pid) =>
      `Другой запуск (процесс ${pid || '?'}) устанавливает пакеты дольше 20 минут: если он завис, завершите его, удалите ${folder} и повторите команду.`,
    broken: (reason) => `Подготовка не удалась: ${reason}.`,
  },
}

/** The sentence `name` in the language of the environment: Russian for `ru*`, else English. */
function textFor(name, ...values) {
  return TEXTS[language()][name](...values)
}

function language() {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const chosen = LC_ALL || LC_MESSAGES || LANG || Intl.DateTimeFormat().resolvedOptions().locale
  return /^ru\b|^ru_/i.test(chosen) ? 'ru' : 'en'
}

module.exports = { textFor }
