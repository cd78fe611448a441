import { places, select } from '../messages/prepared.ts'
import type { KeptReply } from '../messages/present-message.ts'
import { retouch } from '../messages/retouching.ts'
import { cutDraftQuotes, quotedInDrafts } from '../reading/drafts.ts'
import type { Room } from '../room.ts'
import type { MessageTable } from '../tables.ts'
import { isBy } from './forwards.ts'

const BATCH = 100

/**
 * Answers keep what they answer to, but no longer repeat a piece of it; nor do those that were only begun.
 *
 * @returns how many quotes are gone.
 */
export async function cutQuotes(room: Room, userId: string): Promise<number> {
  const chats = await select<{ chat_id: string }>(
    room.db.reader,
    `select distinct m.chat_id from messaging_messages m
     join messaging_chats c on c.id = m.chat_id and c.deleted_ms is null
     where m.sender_id = ? or m.forward like ?`,
    [userId, `%${userId}%`],
  )
  let cut = 0
  for (const { chat_id: chatId } of chats) {
    cut += await cutIn(room, chatId, userId)
    cut += await cutBegun(room, chatId, userId)
  }
  return cut
}

async function cutIn(room: Room, chatId: string, userId: string): Promise<number> {
  let cut = 0
  let from = 0
  for (;;) {
    const rows = await select<MessageTable>(
      room.db.reader,
      `select * from messaging_messages where chat_id = ? and seq > ? and reply like '%"quote"%'
       order by seq limit ${BATCH}`,
      [chatId, from],
    )
    const last = rows.at(-1)
    if (!last) return cut
    from = last.seq
    const theirs = await saidBy(room, chatId, rows.map(answeredBy), userId)
    const quoting = rows.filter((row) => theirs.has(answeredBy(row)))
    await room.db.transaction(async (tx) => {
      for (const row of quoting) {
        const reply = JSON.stringify({ seq: answeredBy(row) })
        await retouch(tx, room, row, { reply }, null)
      }
    })
    cut += quoting.length
  }
}

async function cutBegun(room: Room, chatId: string, userId: string): Promise<number> {
  const quoted = await quotedInDrafts(room.db.reader, chatId)
  if (quoted.length === 0) return 0
  const theirs = await saidBy(room, chatId, quoted, userId)
  return room.db.transaction((tx) => cutDraftQuotes(tx, chatId, [...theirs]))
}

function answeredBy({ reply }: MessageTable): number {
  return (JSON.parse(reply ?? '{}') as KeptReply).seq
}

/** Which of these messages the person has said, wherever they were passed on. */
async function saidBy(
  room: Room,
  chatId: string,
  seqs: readonly number[],
  userId: string,
): Promise<ReadonlySet<number>> {
  const rows = await select<Pick<MessageTable, 'seq' | 'sender_id' | 'forward'>>(
    room.db.reader,
    `select seq, sender_id, forward from messaging_messages
     where chat_id = ? and seq in (${places(seqs)})`,
    [chatId, ...seqs],
  )
  const theirs = rows.filter((row) => row.sender_id === userId || isBy(row, userId))
  return new Set(theirs.map(({ seq }) => seq))
}
