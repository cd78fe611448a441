import type { DatabaseSync } from 'node:sqlite'
import { newId } from '../core/ids.ts'
import { stemOf } from '../core/index.ts'
import { MOST_OF_A_SMALL_CHAT } from '../modules/messaging/chats/large-chats.ts'
import { GROUP_PERMISSIONS } from '../modules/messaging/policy.ts'
import { numberOf, saidIn, SHORT } from '../modules/messaging/search/word-index.ts'
import type {
  ChatEventTable,
  ChatTable,
  MemberTable,
  MessageTable,
  OccurrenceTable,
  WordTable,
} from '../modules/messaging/tables.ts'
import type { Resident } from './residents.ts'
import { insert } from './rows.ts'
import { sentence } from './texts.ts'

const DISTINCT_TEXTS = 512
const WORDS = 4
/** Between two messages of a long history. */
const PACE_MS = 20_000

/** A group as the messenger would have made it, with everybody in it. @returns its id. */
export function addGroup(raw: DatabaseSync, people: readonly Resident[]): string {
  const id = newId()
  const now = Date.now()
  const [owner] = people
  insert<ChatTable>(raw, 'messaging_chats', {
    id,
    type: 'group',
    title: `Group ${id.slice(-4)}`,
    about: '',
    slug: null,
    photo_id: null,
    pair_key: null,
    seq: 0,
    ev: 0,
    last_ms: now,
    members: people.length,
    top_read_seq: 0,
    top_reader: null,
    second_read_seq: 0,
    fanout: people.length > MOST_OF_A_SMALL_CHAT ? 'read' : 'write',
    permissions: JSON.stringify(GROUP_PERMISSIONS),
    slow_s: 0,
    history_hidden: 0,
    blog_of: null,
    created_by: owner?.id ?? null,
    created_ms: now,
    deleted_ms: null,
  })
  for (const person of people) addMember(raw, id, person, person === owner, now)
  return id
}

/** A history of `count` messages that its people have read. */
export function addHistory(
  raw: DatabaseSync,
  chatId: string,
  people: readonly Resident[],
  count: number,
): void {
  const texts = Array.from({ length: DISTINCT_TEXTS }, (_, seed) => sentence(seed, WORDS))
  const begun = Date.now() - count * PACE_MS
  for (let seq = 1; seq <= count; seq++) {
    const sender = people[seq % people.length]?.id ?? null
    const atMs = begun + seq * PACE_MS
    insert<MessageTable>(raw, 'messaging_messages', {
      chat_id: chatId,
      seq,
      sender_id: sender,
      cid: `history-${chatId.slice(-6)}-${seq}`,
      digest: '',
      at_ms: atMs,
      edited_ms: null,
      ver: 1,
      kind: 'text',
      text: texts[seq % texts.length] ?? '',
      entities: null,
      media: null,
      reply: null,
      forward: null,
      preview: null,
      service: null,
      post: null,
      views: 0,
      deleted_ms: null,
    })
    insert<ChatEventTable>(raw, 'messaging_events', {
      chat_id: chatId,
      ev: seq,
      kind: 'msg.new',
      seq,
      actor_id: sender,
      at_ms: atMs,
      data: null,
    })
  }
  addOccurrences(raw, chatId, texts, count)
  raw
    .prepare(
      `update messaging_chats
       set seq = ?, ev = ?, last_ms = ?, top_read_seq = ?, second_read_seq = ? where id = ?`,
    )
    .run(count, count, Date.now(), count, count, chatId)
  raw.prepare('update messaging_members set read_seq = ? where chat_id = ?').run(count, chatId)
}

/** What the search finds, word by word, because so the rows come in the order they are kept in. */
function addOccurrences(
  raw: DatabaseSync,
  chatId: string,
  texts: readonly string[],
  count: number,
): void {
  const saying = new Map<string, number[]>()
  for (const [index, text] of texts.entries()) {
    const words = saidIn({ text, media: null, post: null })
    const beginnings = [...words].flatMap((word) =>
      SHORT.filter((length) => word.length >= length).map((length) => `${word.slice(0, length)}*`),
    )
    for (const each of new Set([...words, ...beginnings])) {
      saying.set(each, [...(saying.get(each) ?? []), index])
    }
  }
  for (const [word, indices] of saying) {
    const number = numberOf(chatId, word)
    if (!word.endsWith('*')) {
      insert<WordTable>(raw, 'messaging_words', {
        chat_id: chatId,
        word,
        stem: stemOf(word),
        number,
      })
    }
    for (let from = 0; from <= count; from += texts.length) {
      for (const index of indices) {
        const seq = from + index
        if (seq >= 1 && seq <= count) {
          insert<OccurrenceTable>(raw, 'messaging_occurrences', { number, seq })
        }
      }
    }
  }
}

function addMember(
  raw: DatabaseSync,
  chatId: string,
  { id }: Resident,
  isOwner: boolean,
  now: number,
): void {
  insert<MemberTable>(raw, 'messaging_members', {
    chat_id: chatId,
    user_id: id,
    role: isOwner ? 'owner' : 'member',
    state: 'in',
    is_banned: 0,
    rights: null,
    joined_ms: now,
    joined_seq: 0,
    read_seq: 0,
    unread: 0,
    mentions: 0,
    marked_unread: 0,
    muted_ms: null,
    archived: 0,
    pin_pos: null,
    cleared_seq: 0,
    own_cleared_seq: 0,
    is_hidden: 0,
    sent_ms: null,
    told_seq: 0,
    told_ms: 0,
  })
}
