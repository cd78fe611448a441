import type { Chat, Draft, Message, Person, Preview, Role, State } from '../schema.ts'

/* What an update (`u`) says beside its number. All are absolute: applying one twice changes nothing. */

/** The personal part of an update about a chat; absent in chats of more than 100 members. */
export interface Counts {
  readonly unread: number
  readonly mentions: number
  readonly readSeq: number
}

interface InChat {
  readonly chat: string
}

/** Something the chat's own counter numbers. */
interface Numbered extends InChat {
  readonly ev: number
}

export type Update =
  /** Where `chat.me` is null to somebody who is in it, their own part is as it was. */
  /** `ev` where the log of a large chat says it: up to there everything has been told. */
  | { readonly k: 'chat.upsert'; readonly chat: Chat; readonly ev?: number }
  | ({ readonly k: 'chat.gone'; readonly reason: 'left' | 'removed' | 'deleted' } & InChat)
  | ({
      readonly k: 'msg.new'
      readonly m: Message
      readonly people?: readonly Person[]
      readonly me?: Counts
    } & Numbered)
  /** `me` when an edit has called or no longer calls this person by name. */
  | ({ readonly k: 'msg.edit'; readonly m: Message; readonly me?: Counts } & Numbered)
  /** Without `ev`: hidden from this person alone. */
  | ({
      readonly k: 'msg.del'
      readonly ev?: number
      readonly seqs: readonly number[]
      readonly me?: Counts
    } & InChat)
  /**
   * In a channel `user` is '' for everybody but who it was, whose devices hear of it once more
   * without `ev` where the chat is large.
   */
  | ({
      readonly k: 'msg.react'
      readonly ev?: number
      readonly seq: number
      readonly reactions: readonly { readonly emoji: string; readonly count: number }[]
      readonly user: string
      readonly emoji: string | null
    } & InChat)
  | ({ readonly k: 'msg.pin'; readonly pinnedSeqs: readonly number[] } & Numbered)
  | ({
      readonly k: 'msg.preview'
      readonly seq: number
      readonly preview: Preview | null
    } & Numbered)
  | ({
      readonly k: 'read'
      /** In a large chat, at the end of what was missed: up to there everything has been told. */
      readonly ev?: number
      readonly user: string
      readonly seq: number
      readonly me?: Counts
    } & InChat)
  | ({ readonly k: 'draft'; readonly draft: Draft | null } & InChat)
  | ({
      readonly k: 'member'
      readonly user: Person
      readonly state: State
      readonly role: Role
      readonly members: number
    } & Numbered)
  | { readonly k: 'void' }

/** Ephemeral: dropped first, never replayed. */
export type Ephemeral =
  | {
      readonly k: 'typing'
      readonly chat: string
      readonly user: string
      readonly what: 'text' | 'voice' | 'file' | 'stop'
    }
  | {
      readonly k: 'presence'
      readonly user: string
      readonly state: 'online' | 'offline'
      readonly lastSeen: string | null
    }
