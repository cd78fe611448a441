import type { NewNotification } from '../../core/notifications/index.ts'
import type { TestStation } from './station.ts'
import type { Visitor } from './visitor.ts'

export const WORDS = { ru: 'отвечает под «Туман»', en: 'replies to “Fog”' }

/** Tells somebody of an answer, of the kind `test.reply` that the test has named. */
export function tell(
  t: TestStation,
  person: Visitor,
  changes: Partial<NewNotification> = {},
): Promise<void> {
  const notification = { kind: 'test.reply', text: WORDS, url: '/posts', ...changes }
  return t.station.database.transaction((tx) =>
    t.station.notifications.notify(tx, person.id, notification),
  )
}
