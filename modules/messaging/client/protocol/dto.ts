import type { Entity } from '../../text/entity.ts'

export type { Entity }

/** What the station and this client say to one another about chats: the contract of the module. */
export interface Person {
  readonly id: string
  readonly username: string
  readonly displayName: string
  readonly avatar: string | null
  readonly flavour: string | null
  readonly deleted: boolean
  /** ISO 8601, or in words where the person does not say exactly. */
  readonly lastSeen?: string | null
}

export interface Attachment {
  readonly id: string
  readonly kind: 'photo' | 'video' | 'file' | 'voice'
  readonly url: string
  readonly name: string
  readonly bytes: number
  readonly mime: string
  readonly width?: number | null
  readonly height?: number | null
  readonly thumbhash?: string | null
  readonly variants?: readonly Variant[]
  readonly durationMs?: number | null
  /** Loudness 0..31, at most 100 of them. */
  readonly waveform?: readonly number[] | null
  readonly alt?: string | null
}

interface Variant {
  readonly url: string
  readonly width: number
  readonly height: number
}

export interface Reaction {
  readonly emoji: string
  readonly count: number
  readonly mine: boolean
}

/** A part of the message that is answered. */
export interface Quote {
  readonly text: string
  readonly offset: number
}

export interface Reply {
  readonly seq: number
  readonly sender: string | null
  readonly text: string
  readonly shown?: Wordless
  readonly quote?: Quote | null
}

/** What a message shows that has no words. */
export interface Wordless {
  readonly kind: 'photo' | 'video' | 'voice' | 'file' | 'post'
  /** Of pictures that stand together. */
  readonly count: number
  /** Of a file, or the title of a post. */
  readonly name: string
}

export interface Forward {
  readonly name: string
  readonly userId: string | null
  readonly chat: string | null
  readonly seq: number | null
  readonly date: string
  /** The account of whoever said it is gone, and perhaps the words with it. */
  readonly deleted?: true
}

export interface Preview {
  readonly url: string
  readonly site: string
  readonly title: string
  readonly description: string
  readonly image: string | null
}

export interface ServiceNote {
  readonly what: 'created' | 'joined' | 'left' | 'added' | 'removed' | 'title' | 'photo' | 'pinned'
  readonly users?: readonly string[]
  readonly text?: string
  readonly pinned?: Reply
}

export interface PostCard {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly excerpt: string
  readonly cover: string | null
  readonly author: string | null
}

export interface Message {
  readonly chat: string
  readonly seq: number
  readonly cid: string
  readonly sender: string | null
  readonly date: string
  readonly editedAt: string | null
  readonly ver: number
  readonly kind: 'text' | 'service' | 'post'
  readonly text: string
  readonly entities: readonly Entity[]
  readonly media: readonly Attachment[]
  readonly reply: Reply | null
  readonly forward: Forward | null
  readonly reactions: readonly Reaction[]
  readonly preview: Preview | null
  readonly service: ServiceNote | null
  readonly post: PostCard | null
  readonly views?: number
  readonly mentionsMe?: boolean
  readonly deleted?: boolean
}

export interface Rights {
  readonly changeInfo: boolean
  readonly post: boolean
  readonly editOthers: boolean
  readonly deleteOthers: boolean
  readonly invite: boolean
  readonly pin: boolean
  readonly ban: boolean
  readonly promote: boolean
}

export interface Permissions {
  readonly send: boolean
  readonly media: boolean
  readonly invite: boolean
  readonly pin: boolean
  readonly changeInfo: boolean
}

export interface Draft {
  readonly text: string
  readonly entities: readonly Entity[]
  readonly replySeq: number | null
  readonly quote?: Quote
  readonly ver: number
  readonly at: string
}

export interface Me {
  readonly role: 'owner' | 'admin' | 'member'
  readonly state: 'in' | 'left' | 'removed' | 'requested'
  readonly rights: Rights
  readonly readSeq: number
  readonly joinedSeq: number
  /** Messages up to here are not in one's own view: cleared, or said before one came. */
  readonly clearedSeq: number
  readonly unread: number
  readonly mentions: number
  readonly markedUnread: boolean
  readonly mutedUntil: string | null
  readonly pinned: number | null
  readonly archived: boolean
  readonly draft: Draft | null
}

export type ChatType = 'private' | 'saved' | 'group' | 'channel'

export interface Chat {
  readonly id: string
  readonly type: ChatType
  readonly title: string
  readonly about: string
  readonly slug: string | null
  readonly photo: string | null
  readonly peer: Person | null
  readonly members: number
  /** What happens here is told once for all: sockets follow the chat, and clients count. */
  readonly large: boolean
  readonly permissions: Permissions
  readonly slowModeS: number
  /** Who comes into this group sees what is said from then on. */
  readonly historyHidden: boolean
  readonly ev: number
  readonly lastSeq: number
  /** The highest number that anybody else has read. */
  readonly othersReadSeq: number
  readonly pinnedSeqs: readonly number[]
  readonly createdAt: string
  readonly last: Message | null
  readonly me: Me | null
  readonly blogOf: string | null
}

/** The part of an event that is about the person it goes to: absolute values. */
export interface Mine {
  readonly unread: number
  readonly mentions: number
  readonly readSeq: number
}

export type ChatEvent =
  /** `ev` where the log of a large chat says it: up to there everything has been told. */
  | {
      readonly k: 'chat.upsert'
      readonly chat: Chat
      readonly ev?: number
      readonly people?: readonly Person[]
    }
  | { readonly k: 'chat.gone'; readonly chat: string; readonly reason: GoneReason }
  | (InChat & {
      readonly k: 'msg.new'
      readonly m: Message
      readonly people?: readonly Person[]
      readonly me?: Mine | null
    })
  | (InChat & { readonly k: 'msg.edit'; readonly m: Message; readonly me?: Mine | null })
  /** Without `ev`: hidden from this person alone. */
  | {
      readonly k: 'msg.del'
      readonly chat: string
      readonly ev?: number
      readonly seqs: readonly number[]
      readonly me?: Mine | null
    }
  | (InChat & {
      readonly k: 'msg.react'
      readonly seq: number
      readonly reactions: readonly { readonly emoji: string; readonly count: number }[]
      readonly user: string
      readonly emoji: string | null
    })
  | (InChat & { readonly k: 'msg.pin'; readonly pinnedSeqs: readonly number[] })
  | (InChat & { readonly k: 'msg.preview'; readonly seq: number; readonly preview: Preview | null })
  | {
      readonly k: 'read'
      readonly chat: string
      /** In a large chat, at the end of what was missed. */
      readonly ev?: number
      readonly user: string
      readonly seq: number
      readonly me?: Mine | null
    }
  | { readonly k: 'draft'; readonly chat: string; readonly draft: Draft | null }
  | (InChat & {
      readonly k: 'member'
      readonly user: Person
      readonly state: string
      readonly role: string
      readonly members: number
    })

interface InChat {
  readonly chat: string
  readonly ev: number
}

export type GoneReason = 'left' | 'removed' | 'deleted'

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
