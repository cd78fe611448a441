import { places, select } from './prepared.ts'
import type {
  Attachment,
  Entity,
  Forward,
  Message,
  PostCard,
  Reaction,
  Reply,
  Service,
  Wordless,
} from '../schema.ts'
import { timeOf } from '../room.ts'
import { lookInto, SEEN, seenBy, viewOfAll } from '../members/sight.ts'
import type { MessageTable, Reader } from '../tables.ts'
import { covered } from '../text/covered.ts'

/** What of a message is quoted where it is answered. */
export type Answered = Pick<MessageTable, 'sender_id' | 'text' | 'entities' | 'media' | 'post'>

const SNIPPET = 120

/** What is kept of a reply: the rest is read from the answered message, as long as it is there. */
export interface KeptReply {
  readonly seq: number
  readonly quote?: { readonly text: string; readonly offset: number }
}

/** What is kept of where a message comes from: who said it is told to nobody, also not in a channel. */
export interface KeptForward extends Forward {
  readonly by?: string
}

interface Around {
  readonly reactions: ReadonlyMap<number, Reaction[]>
  readonly answered: ReadonlyMap<number, Answered>
  readonly mentions: ReadonlySet<number>
}

const NOTHING: Around = { reactions: new Map(), answered: new Map(), mentions: new Set() }

/** Messages as one person sees them, or as everybody does when nobody is named; in the same order. */
export async function presentMessages(
  db: Reader,
  rows: readonly MessageTable[],
  viewerId: string | null,
): Promise<Message[]> {
  const around = new Map<string, Around>()
  for (const [chatId, own] of Map.groupBy(rows, (row) => row.chat_id)) {
    around.set(chatId, await lookAround(db, chatId, own, viewerId))
  }
  return rows.map((row) => messageOf(row, around.get(row.chat_id) ?? NOTHING))
}

export async function presentMessage(
  db: Reader,
  row: MessageTable,
  viewerId: string | null,
): Promise<Message> {
  const around = await lookAround(db, row.chat_id, [row], viewerId)
  return messageOf(row, around)
}

/** A message that is being sent: nothing hangs on it yet. */
export function presentNew(row: MessageTable, answered: Answered | undefined): Message {
  const about = aboutOf(row)
  const map = new Map(about && answered ? [[about.seq, answered]] : [])
  return messageOf(row, { ...NOTHING, answered: map })
}

async function lookAround(
  db: Reader,
  chatId: string,
  rows: readonly MessageTable[],
  viewerId: string | null,
): Promise<Around> {
  const seqs = rows.map((row) => row.seq)
  return {
    reactions: await reactionsOf(db, chatId, seqs, viewerId),
    answered: await answeredBy(db, chatId, rows, viewerId),
    mentions: await mentionsOf(db, chatId, seqs, viewerId),
  }
}

export async function reactionsOf(
  db: Reader,
  chatId: string,
  seqs: readonly number[],
  viewerId: string | null,
): Promise<Map<number, Reaction[]>> {
  const found = new Map<number, Reaction[]>()
  if (seqs.length === 0) return found
  const rows = await select<{ seq: number; emoji: string; n: number; mine: number }>(
    db,
    `select seq, emoji, count(*) as n, max(case when user_id = ? then 1 else 0 end) as mine
     from messaging_reactions where chat_id = ? and seq in (${places(seqs)})
     group by seq, emoji order by count(*) desc, min(at_ms), emoji`,
    [viewerId ?? '', chatId, ...seqs],
  )
  for (const { seq, emoji, n, mine } of rows) {
    const reaction = { emoji, count: n, mine: mine === 1 }
    found.set(seq, [...(found.get(seq) ?? []), reaction])
  }
  return found
}

/** What this person does not see is not quoted to them either. */
async function answeredBy(
  db: Reader,
  chatId: string,
  rows: readonly MessageTable[],
  viewerId: string | null,
): Promise<Around['answered']> {
  const seqs = rows.flatMap((row) => aboutOf(row)?.seq ?? [])
  if (seqs.length === 0) return NOTHING.answered
  const view = viewerId === null ? viewOfAll(chatId) : await lookInto(db, viewerId, chatId)
  if (!view) return NOTHING.answered
  const found = await select<Answered & Pick<MessageTable, 'seq'>>(
    db,
    `select m.seq, m.sender_id, m.text, m.entities, m.media, m.post from messaging_messages m
     where ${SEEN} and m.seq in (${places(seqs)})`,
    [...seenBy(view), ...seqs],
  )
  return new Map(found.map((row) => [row.seq, row]))
}

async function mentionsOf(
  db: Reader,
  chatId: string,
  seqs: readonly number[],
  viewerId: string | null,
): Promise<Around['mentions']> {
  if (viewerId === null || seqs.length === 0) return NOTHING.mentions
  const rows = await select<{ seq: number }>(
    db,
    `select seq from messaging_mentions
     where user_id = ? and chat_id = ? and seq in (${places(seqs)})`,
    [viewerId, chatId, ...seqs],
  )
  return new Set(rows.map(({ seq }) => seq))
}

function messageOf(row: MessageTable, { reactions, answered, mentions }: Around): Message {
  const isGone = row.deleted_ms !== null
  const reply = row.reply === null ? null : (JSON.parse(row.reply) as KeptReply)
  return {
    chat: row.chat_id,
    seq: row.seq,
    cid: row.cid,
    sender: row.sender_id,
    date: timeOf(row.at_ms),
    editedAt: row.edited_ms === null ? null : timeOf(row.edited_ms),
    ver: row.ver,
    kind: row.kind,
    text: row.text,
    entities: parsed(row.entities) ?? [],
    media: parsed(row.media) ?? [],
    reply: reply && !isGone ? replyOf(reply, answered.get(reply.seq)) : null,
    forward: originIn(row.forward),
    reactions: isGone ? [] : (reactions.get(row.seq) ?? []),
    preview: parsed(row.preview),
    service: serviceOf(row, answered),
    post: parsed(row.post),
    ...(row.views > 0 ? { views: row.views } : {}),
    ...(mentions.has(row.seq) ? { mentionsMe: true } : {}),
    ...(isGone ? { deleted: true as const } : {}),
  }
}

/** The message that this one answers, or tells of. */
export function aboutOf({
  reply,
  service,
}: Pick<MessageTable, 'reply' | 'service'>): KeptReply | null {
  if (reply !== null) return JSON.parse(reply) as KeptReply
  const note = parsed<Service>(service)
  return note?.what === 'pinned' ? { seq: Number(note.text) } : null
}

function serviceOf(row: MessageTable, answered: Around['answered']): Service | null {
  const note = parsed<Service>(row.service)
  const about = note && aboutOf(row)
  return about ? { ...note, pinned: replyOf(about, answered.get(about.seq)) } : note
}

export function originIn(forward: string | null): Forward | null {
  const kept = parsed<KeptForward>(forward)
  if (!kept) return null
  const { by: _by, ...told } = kept
  return told
}

function replyOf({ seq, quote }: KeptReply, answered: Answered | undefined): Reply {
  if (!answered) return { seq, sender: null, text: '' }
  const said = covered(answered.text, parsed<Entity[]>(answered.entities) ?? [])
  const text = said.slice(0, SNIPPET).toWellFormed()
  const shown = text === '' ? wordlessIn(answered) : undefined
  const { sender_id: sender } = answered
  return { seq, sender, text, ...(shown && { shown }), ...(quote && { quote }) }
}

function wordlessIn({ media, post }: Pick<Answered, 'media' | 'post'>): Wordless | undefined {
  const card = parsed<PostCard>(post)
  if (card) return { kind: 'post', count: 1, name: card.title }
  const [first, ...others] = parsed<Attachment[]>(media) ?? []
  if (!first) return undefined
  return { kind: first.kind, count: 1 + others.length, name: first.name }
}

function parsed<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value)
}
