import { tellChatAnew, tellPeople } from '../log/chat-log.ts'
import { errors } from '../errors.ts'
import { change, places, select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Draft, Entity, Quote } from '../schema.ts'
import { seatOf } from '../members/seats.ts'
import { timeOf } from '../room.ts'
import type { DraftTable, Reader, Tx } from '../tables.ts'
import { MAX_TYPED } from '../text/limits.ts'
import { isBlank } from '../text/words.ts'

/** Fits a column of 32 bits. */
const MAX_VERSION = 2_147_483_647

export interface NewDraft {
  readonly text: string
  readonly entities?: readonly Entity[]
  readonly replySeq: number | null
  /** Of the message that is answered; without one it is not kept. */
  readonly quote?: Quote
}

/**
 * Keeps what somebody has begun to write, for all their devices. null clears it.
 *
 * @throws QL_MSG_CHANGED with the draft that is kept, when another device was faster.
 */
export async function keepDraft(
  room: Room,
  userId: string,
  chatId: string,
  { draft, ver }: { readonly draft: NewDraft | null; readonly ver: number },
): Promise<{ ver: number }> {
  if (draft && draft.text.length > MAX_TYPED) {
    throw errors.QL_MSG_TOO_LONG({ values: { max: MAX_TYPED } })
  }
  const kept = draft && (!isBlank(draft.text) || draft.replySeq !== null) ? draft : null
  return room.db.transaction(async (tx) => {
    const seat = await seatOf(tx.db, userId, chatId)
    const known = await draftRow(tx.db, userId, chatId)
    const before = known?.ver ?? 0
    const shown = known ? draftIn(known) : null
    if (ver < before) throw errors.QL_MSG_CHANGED({ members: { draft: shown } })
    if (!kept && !shown) return { ver: before }
    const row: DraftTable = {
      user_id: userId,
      chat_id: chatId,
      ...columnsOf(kept),
      ver: before + 1,
      at_ms: room.clock.nowMs(),
    }
    const { user_id: _user, chat_id: _chat, ...values } = row
    await tx.db
      .insertInto('messaging_drafts')
      .values(row)
      .onConflict((conflict) => conflict.columns(['user_id', 'chat_id']).doUpdateSet(values))
      .execute()
    if (seat.is_hidden === 1) await show(tx, userId, chatId)
    await tell(tx, userId, chatId, draftIn(row))
    return { ver: row.ver }
  })
}

/** A chat with something begun stands in the list. */
async function show(tx: Tx, userId: string, chatId: string): Promise<void> {
  await change(
    tx,
    'update messaging_members set is_hidden = 0 where chat_id = ? and user_id = ? returning chat_id',
    [chatId, userId],
  )
  await tellChatAnew(tx, [userId], chatId)
}

function columnsOf(
  draft: NewDraft | null,
): Pick<DraftTable, 'text' | 'entities' | 'reply_seq' | 'quote'> {
  if (!draft) return { text: null, entities: null, reply_seq: null, quote: null }
  const { text, entities, replySeq, quote } = draft
  return {
    text: text.toWellFormed(),
    entities: entities ? JSON.stringify(entities) : null,
    reply_seq: replySeq,
    quote: quote && replySeq !== null ? JSON.stringify(quote) : null,
  }
}

/** What was begun has been sent. @param ver a draft that is newer than this one stays. */
export async function clearDraft(
  tx: Tx,
  userId: string,
  chatId: string,
  ver = MAX_VERSION,
): Promise<void> {
  const cleared = await change(
    tx,
    `update messaging_drafts set text = null, entities = null, reply_seq = null, quote = null,
       ver = ver + 1
     where user_id = ? and chat_id = ? and ver <= ?
       and (text is not null or reply_seq is not null) returning ver`,
    [userId, chatId, ver],
  )
  if (cleared.length > 0) await tell(tx, userId, chatId, null)
}

/** Messages whose words are quoted by what somebody has begun to write in a chat. */
export async function quotedInDrafts(db: Reader, chatId: string): Promise<readonly number[]> {
  const rows = await select<{ reply_seq: number }>(
    db,
    'select distinct reply_seq from messaging_drafts where chat_id = ? and quote is not null',
    [chatId],
  )
  return rows.map(({ reply_seq: seq }) => seq)
}

/** They go on answering these messages, and repeat nothing of them. @returns how many drafts. */
export async function cutDraftQuotes(
  tx: Tx,
  chatId: string,
  seqs: readonly number[],
): Promise<number> {
  if (seqs.length === 0) return 0
  const cut = await change<DraftTable>(
    tx,
    `update messaging_drafts set quote = null, ver = ver + 1
     where chat_id = ? and quote is not null and reply_seq in (${places(seqs)}) returning *`,
    [chatId, ...seqs],
  )
  for (const row of cut) await tell(tx, row.user_id, chatId, draftIn(row))
  return cut.length
}

/** By chat; chats without one are absent. */
export async function draftsOf(
  db: Reader,
  userId: string,
  chatIds: readonly string[],
): Promise<Map<string, Draft>> {
  if (chatIds.length === 0) return new Map()
  const rows = await select<DraftTable>(
    db,
    `select * from messaging_drafts where user_id = ? and chat_id in (${places(chatIds)})`,
    [userId, ...chatIds],
  )
  const found = new Map<string, Draft>()
  for (const row of rows) {
    const draft = draftIn(row)
    if (draft) found.set(row.chat_id, draft)
  }
  return found
}

async function draftRow(
  db: Reader,
  userId: string,
  chatId: string,
): Promise<DraftTable | undefined> {
  const [row] = await select<DraftTable>(
    db,
    'select * from messaging_drafts where user_id = ? and chat_id = ?',
    [userId, chatId],
  )
  return row
}

function draftIn(row: DraftTable): Draft | null {
  if (row.text === null && row.reply_seq === null) return null
  return {
    text: row.text ?? '',
    entities: row.entities === null ? [] : (JSON.parse(row.entities) as Entity[]),
    replySeq: row.reply_seq,
    ...(row.quote !== null && { quote: JSON.parse(row.quote) as Quote }),
    ver: row.ver,
    at: timeOf(row.at_ms),
  }
}

async function tell(tx: Tx, userId: string, chat: string, draft: Draft | null): Promise<void> {
  await tellPeople(tx, [{ userId }], { k: 'draft', chat, draft }, { chat, draft: true })
}
