import type { Room } from '../room.ts'
import type { Message, Person, Service } from '../schema.ts'
import { append, nextMessage } from './sending.ts'
import { digestOf, type Outgoing } from './outgoing.ts'
import type { Tx } from '../tables.ts'

/** What the chat itself says: somebody came, the title is another. */
export async function appendService(
  tx: Tx,
  room: Room,
  chatId: string,
  actor: Person | null,
  service: Service,
): Promise<Message> {
  const place = await nextMessage(tx, chatId, room.clock.nowMs(), null)
  const cid = `service:${chatId}:${place.seq}`
  const outgoing: Outgoing = {
    cid,
    digest: digestOf([cid]),
    kind: 'service',
    text: '',
    entities: [],
    media: [],
    reply: null,
    forward: null,
    service,
  }
  const nobody = { shunnedBy: new Set<string>(), mentioned: [] }
  return append(tx, room, place, { chatId, sender: actor, outgoing, ...nobody })
}
