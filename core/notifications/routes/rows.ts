import type { ModuleRequest } from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import { actorOf, corePage, formText } from '../../http/routes/core-route.ts'
import type { DockedRoute } from '../../http/routes/module-router.ts'
import { ownPath } from '../../http/requests/own-path.ts'
import type { ChannelChoice } from '../index.ts'
import type { StationNotifications } from '../station-notifications.ts'
import type { NotificationTable } from '../tables.ts'
import { CHANNELS } from './choices.ts'

const PATH = '/notifications'

/** What can be done about one line of the list. */
export function rowPages(notifications: StationNotifications): readonly DockedRoute[] {
  const own = async (request: ModuleRequest): Promise<NotificationTable> => {
    const { id } = request.params
    const row = await notifications.inbox.find(actorOf(request).id, id ?? '')
    if (!row) throw coreErrors.QL_NOT_FOUND()
    return row
  }
  return [
    corePage('POST', `${PATH}/:id/reading`, { policy: 'member' }, async (request) => {
      const { id, user_id: userId } = await own(request)
      if (formText(request, 'read') === 'no') await notifications.markUnread(userId, [id])
      else await notifications.markRead(userId, { ids: [id] })
      return { kind: 'redirect', to: ownPath(formText(request, 'return') || PATH) }
    }),
    /* The kind is told only where the form says; nowhere silences it, and can be taken back. */
    corePage('POST', `${PATH}/:id/silence`, { policy: 'member' }, async (request) => {
      const { id, kind, user_id: userId } = await own(request)
      const before = (await notifications.choices.of(userId)).get(kind)
      await notifications.choices.change(userId, new Map([[kind, channelsIn(request)]]))
      const isSilenced = formText(request, 'channels') === ''
      if (!isSilenced || !before) return { kind: 'redirect', to: PATH }
      const was = CHANNELS.filter((channel) => before[channel]).join(' ')
      return { kind: 'redirect', to: `${PATH}?${new URLSearchParams({ silenced: id, was })}` }
    }),
  ]
}

function channelsIn(request: ModuleRequest): ChannelChoice {
  const wanted = new Set(formText(request, 'channels').split(' '))
  return { inApp: wanted.has('inApp'), push: wanted.has('push'), mail: wanted.has('mail') }
}
