import type { Translate } from '../../templates/index.ts'
import type { Locale } from '../port/requests.ts'
import type { NotificationActor, NotificationLine } from './index.ts'
import type { Kinds } from './kinds.ts'
import type { NotificationTable } from './tables.ts'

/** Whose language a line is made in, and who is known. */
export interface LineReader {
  readonly t: Translate
  readonly locale: Locale
  readonly kinds: Kinds
  readonly people: ReadonlyMap<string, NotificationActor>
}

export function lineOf(row: NotificationTable, reader: LineReader): NotificationLine {
  const { locale, kinds, people, t } = reader
  const kind = kinds.find(row.kind)
  const actor = row.actor_id === null ? undefined : people.get(row.actor_id)
  const others = Math.max(0, row.actors - 1)
  const words = wordsOf(row, locale, others > 0)
  const isNameless = row.actor_id !== null && !actor
  return {
    id: row.id,
    kind: row.kind,
    group: kind?.group ?? 'station',
    icon: kind?.icon ?? 'bell',
    text: isNameless ? `${t('notifications.someone')} ${words}` : words,
    quote: row.quote,
    url: row.url,
    actor: actor ? publicActor(actor) : null,
    others: isNameless ? 0 : others,
    at: row.at,
    isRead: row.read_at !== null,
  }
}

function wordsOf(row: NotificationTable, locale: Locale, isMany: boolean): string {
  const [one, many] = locale === 'ru' ? [row.text_ru, row.many_ru] : [row.text_en, row.many_en]
  return isMany ? (many ?? one) : one
}

/** Profiles hold more than strangers of a list need. */
function publicActor({ id, username, displayName, avatar }: NotificationActor): NotificationActor {
  return { id, username, displayName, ...(avatar === undefined ? {} : { avatar }) }
}
/** The whole line as one sentence: «Вера Лунина и ещё 85 человек отмечают «Как пахнет туман»». */
export function sentenceOf({ actor, others, text }: NotificationLine, t: Translate): string {
  if (!actor) return text
  const who = others === 0 ? [actor.displayName] : [actor.displayName, t('notifications.and')]
  const rest = others === 0 ? [] : [t('notifications.people', { count: others })]
  return [...who, ...rest, text].join(' ')
}
