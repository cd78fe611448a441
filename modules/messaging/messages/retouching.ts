import { recordEvent, tellChat, touchesOf } from '../log/chat-log.ts'
import { hearersOf } from './editing.ts'
import { dropAttachments } from './pictures.ts'
import { presentMessage } from './present-message.ts'
import type { Room } from '../room.ts'
import { findAnew } from '../search/findable.ts'
import type { MessageTable, Tx } from '../tables.ts'

/** What may become another without anybody having edited it. */
export type Retouched = Partial<
  Pick<
    MessageTable,
    'kind' | 'text' | 'entities' | 'media' | 'reply' | 'forward' | 'preview' | 'post'
  >
>

/**
 * Changes a message that nobody edits: what it shows has become another, or is gone. Everybody in
 * the chat sees it so; nobody is called by it, and no earlier wording is kept. Pictures it no longer
 * shows are released by the caller, after the commit.
 *
 * @param before of a chat that is there.
 * @param actorId whose deed elsewhere it follows; null where nobody is to be named.
 */
export async function retouch(
  tx: Tx,
  room: Room,
  before: MessageTable,
  values: Retouched,
  actorId: string | null,
): Promise<void> {
  const { chat_id, seq } = before
  const after: MessageTable = { ...before, ...values, ver: before.ver + 1 }
  await tx.db
    .updateTable('messaging_messages')
    .set({ ...values, ver: after.ver })
    .where('chat_id', '=', chat_id)
    .where('seq', '=', seq)
    .execute()
  if (before.media !== null && after.media === null) await dropAttachments(tx, chat_id, [seq])
  const atMs = room.clock.nowMs()
  const place = await recordEvent(tx, chat_id, { kind: 'msg.edit', seq, actorId, atMs })
  await findAnew(tx.db, before, after)
  const m = await presentMessage(tx.db, after, null)
  const hearers = place.fanout === 'read' ? [] : await hearersOf(tx, chat_id, new Set())
  await tellChat(tx, place, { k: 'msg.edit', chat: chat_id, ev: place.ev, m }, hearers)
  await tx.publish(
    'message.edited',
    { chatId: chat_id, chatType: place.type, seq, ver: after.ver },
    { subject: `chat/${chat_id}`, actor: actorId, touches: touchesOf(place) },
  )
}
