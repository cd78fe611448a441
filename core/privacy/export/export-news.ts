import type { OpenTransaction } from '../../../db/index.ts'
import type { StationNotifications } from '../../notifications/station-notifications.ts'
import type { ExportTable } from '../tables.ts'

const KIND = 'my-data'

const READY = {
  ru: 'Архив с вашими данными готов',
  en: 'The archive of your data is ready',
}
const FAILED = {
  ru: 'Архив с вашими данными собрать не удалось. Попробуйте ещё раз',
  en: 'The archive of your data could not be made. Please try once more',
}

/** Tells people what has become of their archive. */
export function exportNews(
  notifications: StationNotifications,
): (tx: OpenTransaction, row: ExportTable) => Promise<void> {
  notifications.kinds.add({
    id: KIND,
    title: { ru: 'Архив ваших данных', en: 'The archive of your data' },
    group: 'me',
    icon: 'package-open',
    defaults: { inApp: true, push: true, mail: true },
  })
  return (tx, { user_id, state }) =>
    notifications.notify(tx, user_id, {
      kind: KIND,
      text: state === 'ready' ? READY : FAILED,
      url: '/settings/data',
      fold: KIND,
    })
}
