import type { EventPlace, Hearer } from '../log/chat-log.ts'
import { addMentions } from './mentions.ts'
import type { Sending } from './outgoing.ts'
import { change, places } from './prepared.ts'
import type { MessageTable, Tx } from '../tables.ts'
import type { Counts } from '../log/updates.ts'

const RAISE = `update messaging_members set unread = unread + 1, is_hidden = 0
  where chat_id = ? and state = 'in' and user_id <> ?
  returning user_id, unread, mentions, read_seq`
const OWN = `update messaging_members set read_seq = ?, unread = 0, mentions = 0, marked_unread = 0,
    is_hidden = 0, sent_ms = ?
  where chat_id = ? and user_id = ? and state = 'in'
  returning user_id, unread, mentions, read_seq`
const SERVICE = `update messaging_members set is_hidden = 0 where chat_id = ? and state = 'in'
  returning user_id, unread, mentions, read_seq`

interface CountRow {
  readonly user_id: string
  readonly unread: number
  readonly mentions: number
  readonly read_seq: number
}

/** Raises what is unread and answers who hears of the message. In a large chat nothing is kept. */
export async function raiseUnread(
  tx: Tx,
  place: Pick<EventPlace, 'id' | 'fanout'>,
  { sender, shunnedBy, mentioned }: Sending,
  /* Not the message's date, which may run ahead of the clock. */
  { row, sentMs }: { readonly row: MessageTable; readonly sentMs: number },
): Promise<Hearer[]> {
  if (row.kind === 'service') {
    return place.fanout === 'read' ? [] : hearersIn(await change<CountRow>(tx, SERVICE, [place.id]))
  }
  const senderId = sender?.id ?? ''
  const own = await change<CountRow>(tx, OWN, [row.seq, sentMs, place.id, senderId])
  const mentions = await addMentions(tx, place.id, row.seq, mentioned)
  if (place.fanout === 'read') return []
  for (const userId of shunnedBy) await hide(tx, userId, row)
  const others =
    shunnedBy.size > 0
      ? await raiseFor(tx, place.id, [senderId, ...shunnedBy])
      : await change<CountRow>(tx, RAISE, [place.id, senderId])
  return hearersIn([...own, ...others], mentions)
}

async function raiseFor(tx: Tx, chatId: string, without: readonly string[]): Promise<CountRow[]> {
  const sql = RAISE.replace('user_id <> ?', `user_id not in (${places(without)})`)
  return change<CountRow>(tx, sql, [chatId, ...without])
}

function hearersIn(rows: readonly CountRow[], mentions = new Map<string, number>()): Hearer[] {
  return rows.map((row) => {
    const me: Counts = {
      unread: row.unread,
      mentions: mentions.get(row.user_id) ?? row.mentions,
      readSeq: row.read_seq,
    }
    return { userId: row.user_id, me }
  })
}

async function hide({ db }: Tx, userId: string, { chat_id, seq }: MessageTable): Promise<void> {
  await db
    .insertInto('messaging_hidden')
    .values({ user_id: userId, chat_id, seq })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
