import type { Database, Scope } from '../../db/index.ts'
import type { Locale } from '../port/requests.ts'
import type { StationAuth } from '../auth/index.ts'
import type { Backups } from '../backup/index.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { StationNotifications } from '../notifications/station-notifications.ts'
import type { Health, HealthReport } from './health.ts'

export interface NewsParts {
  readonly database: Database
  readonly auth: Pick<StationAuth, 'staffIds'>
  readonly notifications: StationNotifications
  readonly health: Health
  readonly backups: Pick<Backups, 'state'>
}

/** Something that wants a person's eye, for as long as it lasts. */
interface Trouble {
  /** `module/blog`: told once, and taken back when it is over. */
  readonly key: string
  readonly text: Readonly<Record<Locale, string>>
  readonly url: string
}

interface Tables {
  notifications: { user_id: string; kind: string; subject: string | null }
}

const KIND = 'station'
const SUBJECT = 'station-trouble/'
const EVERY_5_MINUTES = '*/5 * * * *'
/** Of the disk: below it people's uploads and the log soon have no place. */
const LOW_SHARE = 0.05

/** Tells admins and owners of what does not work, and takes it back once it does. */
export async function startStationNews(parts: NewsParts, scheduler: Scheduler): Promise<void> {
  parts.notifications.kinds.add({
    id: KIND,
    title: { ru: 'Станция не в порядке', en: 'Something is wrong with the station' },
    group: 'station',
    icon: 'triangle-alert',
    defaults: { inApp: true, push: true, mail: true },
    from: 'admin',
  })
  await scheduler.add('core/station-news', EVERY_5_MINUTES, () => tellTroubles(parts))
}

async function tellTroubles(parts: NewsParts): Promise<void> {
  const { database, notifications } = parts
  const [report, { last }] = await Promise.all([parts.health.report(), parts.backups.state()])
  const troubles = [...troublesIn(report), ...backupTrouble(last?.problem ?? null)]
  const scope: Scope<Tables> = database.scope('')
  const keepers = await parts.auth.staffIds(['admin', 'owner'])
  await database.transaction(async (tx) => {
    const told = await scope
      .within(tx)
      .db.selectFrom('notifications')
      .select(['user_id as userId', 'subject'])
      .where('kind', '=', KIND)
      .execute()
    const subjects = new Set(troubles.map(({ key }) => SUBJECT + key))
    for (const { subject } of told) {
      if (subject !== null && !subjects.has(subject)) await notifications.withdraw(tx, subject)
    }
    for (const { key, text, url } of troubles) {
      const subject = SUBJECT + key
      for (const id of keepers) {
        if (told.some((line) => line.userId === id && line.subject === subject)) continue
        await notifications.notify(tx, id, { kind: KIND, text, url, subject, fold: subject })
      }
    }
  })
}

function troublesIn({ events, mail, modules, storage }: HealthReport): Trouble[] {
  const troubles: Trouble[] = modules.map(({ id }) => ({
    key: `module/${id}`,
    text: { ru: `Модуль «${id}» не работает`, en: `The module “${id}” does not run` },
    url: '/admin',
  }))
  if (events.dead > 0) {
    const text = {
      ru: 'Есть события, которые не удалось обработать. Посмотрите, повторите или пропустите их',
      en: 'There are events that could not be handled. Look at them, retry or skip them',
    }
    troubles.push({ key: 'events', text, url: '/admin/events' })
  }
  if (mail.dead > 0) {
    const text = {
      ru: 'Есть письма, которые не удалось отправить',
      en: 'There are letters that could not be sent',
    }
    troubles.push({ key: 'mail', text, url: '/admin/mail' })
  }
  const { free, disk } = storage
  if (free !== null && disk !== null && free < disk * LOW_SHARE) {
    const text = {
      ru: 'На диске осталось меньше двадцатой части места',
      en: 'Less than a twentieth of the disk is free',
    }
    troubles.push({ key: 'disk', text, url: '/admin' })
  }
  return troubles
}

function backupTrouble(problem: Readonly<Record<Locale, string>> | null): Trouble[] {
  if (!problem) return []
  const text = {
    ru: `Последняя резервная копия не удалась: ${problem.ru}`,
    en: `The last backup has failed: ${problem.en}`,
  }
  return [{ key: 'backup', text, url: '/admin/backups' }]
}
