import type { ModuleDb, ModuleTransaction } from '#core'
import type { ChatType, Role, State } from './schema.ts'

export interface ChatTable {
  readonly id: string
  readonly type: ChatType
  readonly title: string
  readonly about: string
  /** Address of a public channel or group. */
  readonly slug: string | null
  readonly photo_id: string | null
  /** `a/b` of a private chat, `a` of saved messages: there is one of each. */
  readonly pair_key: string | null
  /** The last message's number. */
  readonly seq: number
  /** The last event's number. */
  readonly ev: number
  /** Milliseconds; raised with every message, whatever the clock says. */
  readonly last_ms: number
  readonly members: number
  /** The farthest reading of anybody, whose it is, and the farthest of all others; see `reading/receipts.ts`. */
  readonly top_read_seq: number
  readonly top_reader: string | null
  readonly second_read_seq: number
  /** `read`: too many members for a row each; their sockets follow the chat instead. */
  readonly fanout: 'write' | 'read'
  /** JSON of `Permissions`. */
  readonly permissions: string
  readonly slow_s: number
  /** 1: who comes in sees what is said from then on. */
  readonly history_hidden: number
  readonly blog_of: string | null
  readonly created_by: string | null
  readonly created_ms: number
  readonly deleted_ms: number | null
}

export interface MemberTable {
  readonly chat_id: string
  readonly user_id: string
  readonly role: Role
  readonly state: State
  /** 1: may not come back by an invitation. */
  readonly is_banned: number
  /** JSON of `Rights`; null for members. */
  readonly rights: string | null
  readonly joined_ms: number
  readonly joined_seq: number
  readonly read_seq: number
  readonly unread: number
  readonly mentions: number
  readonly marked_unread: number
  readonly muted_ms: number | null
  readonly archived: number
  readonly pin_pos: number | null
  /** Messages up to here are not in this person's view: cleared, or said before they came. */
  readonly cleared_seq: number
  /** As far as they have cleared it themselves: that stays so, whenever they come again. */
  readonly own_cleared_seq: number
  /** 1: not in the list until somebody writes. */
  readonly is_hidden: number
  /** When they wrote last, for slow mode. */
  readonly sent_ms: number | null
  /** Told by a notification up to here. */
  readonly told_seq: number
  readonly told_ms: number
}

export interface MessageTable {
  readonly chat_id: string
  readonly seq: number
  readonly sender_id: string | null
  /** Chosen by the sender's program; once per sender, for ever. */
  readonly cid: string
  /** Of what was first sent: tells a repetition from another message under the same number. */
  readonly digest: string
  readonly at_ms: number
  readonly edited_ms: number | null
  readonly ver: number
  readonly kind: 'text' | 'service' | 'post'
  readonly text: string
  /** JSON columns, null where empty. */
  readonly entities: string | null
  readonly media: string | null
  readonly reply: string | null
  readonly forward: string | null
  readonly preview: string | null
  readonly service: string | null
  readonly post: string | null
  readonly views: number
  readonly deleted_ms: number | null
}

/** What happened in a chat, in order. */
export interface ChatEventTable {
  readonly chat_id: string
  readonly ev: number
  readonly kind: string
  readonly seq: number | null
  readonly actor_id: string | null
  readonly at_ms: number
  /** JSON of what the rows do not tell. */
  readonly data: string | null
}

export interface MentionTable {
  readonly user_id: string
  readonly chat_id: string
  readonly seq: number
}

export interface DraftTable {
  readonly user_id: string
  readonly chat_id: string
  /** null: cleared; the row keeps the number. */
  readonly text: string | null
  readonly entities: string | null
  readonly reply_seq: number | null
  /** JSON of what is quoted of that message. */
  readonly quote: string | null
  readonly ver: number
  readonly at_ms: number
}

export interface ReactionTable {
  readonly chat_id: string
  readonly seq: number
  readonly user_id: string
  readonly emoji: string
  readonly at_ms: number
}

export interface PinTable {
  readonly chat_id: string
  readonly seq: number
  readonly at_ms: number
}

/** A message one person does not see. */
export interface HiddenTable {
  readonly user_id: string
  readonly chat_id: string
  readonly seq: number
}

/** What a message said before an edit, for moderators. */
export interface RevisionTable {
  readonly chat_id: string
  readonly seq: number
  readonly ver: number
  readonly text: string
  readonly entities: string | null
  readonly until_ms: number
}

/** What a message said at one time, which moderators are shown by who knows the token. */
export interface ReportedTable {
  readonly token: string
  readonly chat_id: string
  readonly seq: number
  readonly ver: number
}

export interface InviteTable {
  readonly token: string
  readonly chat_id: string
  readonly created_by: string
  readonly created_ms: number
  readonly expires_ms: number | null
  readonly max_uses: number | null
  readonly uses: number
  /** 1: an admin lets people in. */
  readonly approval: number
  readonly revoked_ms: number | null
}

/** Which messages show a picture: who sees one of them sees it. */
export interface AttachmentTable {
  readonly media_id: string
  readonly chat_id: string
  readonly seq: number
}

/** A word said in a chat; see `search/word-index.ts`. */
export interface WordTable {
  readonly chat_id: string
  readonly word: string
  readonly stem: string
  readonly number: number
}

/** Which messages of its chat a word is said in. */
export interface OccurrenceTable {
  readonly number: number
  readonly seq: number
}

export const SHARED_KINDS = ['media', 'files', 'links', 'voice'] as const
export type SharedKind = (typeof SHARED_KINDS)[number]

/** A message that brought something of a kind. */
export interface SharedTable {
  readonly chat_id: string
  readonly kind: SharedKind
  readonly seq: number
}

export interface ViewTable {
  readonly chat_id: string
  readonly seq: number
  readonly user_id: string
}

/** Which message is the card of a post. */
export interface CardTable {
  readonly post_id: string
  readonly chat_id: string
  readonly seq: number
}

/** Which message shows the card of a post it links to, or has shown it. */
export interface PostLinkTable {
  readonly chat_id: string
  readonly seq: number
  readonly post_id: string
}

export interface PresenceTable {
  readonly user_id: string
  readonly seen_ms: number
  /** Who is told: everybody, those with a private chat in common, whom the person reads, nobody. */
  readonly shown_to: 'all' | 'known' | 'followed' | 'nobody'
}

export interface MessagingTables {
  messaging_chats: ChatTable
  messaging_members: MemberTable
  messaging_messages: MessageTable
  messaging_events: ChatEventTable
  messaging_mentions: MentionTable
  messaging_drafts: DraftTable
  messaging_reactions: ReactionTable
  messaging_pins: PinTable
  messaging_hidden: HiddenTable
  messaging_revisions: RevisionTable
  messaging_reported: ReportedTable
  messaging_invites: InviteTable
  messaging_attachments: AttachmentTable
  messaging_words: WordTable
  messaging_occurrences: OccurrenceTable
  messaging_shared: SharedTable
  messaging_views: ViewTable
  messaging_presence: PresenceTable
  messaging_cards: CardTable
  messaging_post_links: PostLinkTable
}

export type MessagingDb = ModuleDb<MessagingTables>
export type Tx = ModuleTransaction<MessagingTables>
/** Committed rows, or those of an open transaction. */
export type Reader = MessagingDb['reader']
