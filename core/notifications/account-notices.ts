import type { Locale } from '../port/requests.ts'
import type { DeviceName } from '../auth/sign-in/device-name.ts'
import type { AccountNotice } from '../auth/notices.ts'
import { networkOf } from '../network.ts'
import type { OwnNotification } from './index.ts'

type Text = Readonly<Record<Locale, string>>

type FactorNotice = Extract<AccountNotice['kind'], `factor-${string}`>

const FACTOR: Readonly<Record<FactorNotice, Text>> = {
  'factor-on': {
    ru: 'Вход с кодом включён. Если это были не вы, смените пароль и завершите остальные сеансы',
    en: 'Signing in with a code is on. If it was not you, change your password and end the other sessions',
  },
  'factor-renewed': {
    ru: 'Коды для входа теперь берутся из другого приложения. Если это были не вы, смените пароль',
    en: 'Codes for signing in come from another app now. If it was not you, change your password',
  },
  'factor-off': {
    ru: 'Вход с кодом выключен. Если это были не вы, смените пароль и включите его снова',
    en: 'Signing in with a code is off. If it was not you, change your password and turn it on again',
  },
  'factor-taken': {
    ru: 'Администрация станции сняла второй фактор и завершила все ваши сеансы. Включите его снова; если вы об этом не просили, смените пароль',
    en: 'The staff of the station has removed your second factor and ended all your sessions. Turn it on again; if you have not asked for this, change your password',
  },
}

const RECOVERY_RENEWED: Text = {
  ru: 'Сделаны новые запасные коды, прежние больше не подходят',
  en: 'There are new recovery codes; those before do not fit any more',
}

const TOKEN_REUSED: Text = {
  ru: 'Сеанс завершён: его ключом воспользовались дважды, возможно, его скопировали. Если вы не узнаёте какой-то из сеансов, смените пароль',
  en: 'A session was ended: its key was used twice and may have been copied. If you do not know one of your sessions, change your password',
}

/** What they also get a letter about, of its own words and to the address it is for. */
const CHANGED = {
  'password-changed': {
    text: {
      ru: 'Пароль изменён, прежние сеансы завершены. Если это были не вы, смените его ещё раз и скажите владельцу станции',
      en: 'Your password was changed and earlier sessions ended. If it was not you, change it once more and tell the owner of the station',
    },
    url: '/settings/password',
  },
  'email-changed': {
    text: {
      ru: 'У вашей страницы теперь другой адрес почты. Если это были не вы, верните прежний и смените пароль',
      en: 'Your page has another e-mail address now. If it was not you, put back the one before and change your password',
    },
    url: '/settings/email',
  },
} as const

/** What a person reads of what happened to their account. */
export function notificationOf(notice: AccountNotice): OwnNotification {
  const kind = 'security'
  switch (notice.kind) {
    case 'new-device': {
      const { device, ip } = notice
      const fold = `device ${device.browser} ${device.system} ${networkOf(ip)}`
      return { kind, text: signedIn(device, ip), url: '/settings#sessions', fold }
    }
    case 'factor-on':
    case 'factor-renewed':
    case 'factor-off':
    case 'factor-taken':
      return { kind, text: FACTOR[notice.kind], url: '/settings#security' }
    case 'recovery-codes-renewed':
      return { kind, text: RECOVERY_RENEWED, url: '/settings#security' }
    case 'recovery-code-used':
      return { kind, text: recoveryUsed(notice.left), url: '/settings#security' }
    case 'token-reused':
      return { kind, text: TOKEN_REUSED, url: '/settings#sessions' }
    case 'password-changed':
    case 'email-changed':
      return { kind, ...CHANGED[notice.kind], hasLetter: true }
  }
}

function signedIn({ browser, system }: DeviceName, ip: string): Text {
  const name = [browser, system].filter((part) => part !== '').join(', ')
  return {
    ru: `Вход с нового устройства: ${name || 'неизвестная программа'}, адрес ${ip}. Если это были не вы, завершите сеанс и смените пароль`,
    en: `A sign-in from a new device: ${name || 'unknown program'}, address ${ip}. If it was not you, end the session and change your password`,
  }
}

function recoveryUsed(left: number): Text {
  return {
    ru: `Вход с запасным кодом. Осталось кодов: ${left}`,
    en: `A sign-in with a recovery code. Codes left: ${left}`,
  }
}
