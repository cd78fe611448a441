import { hash } from 'node:crypto'
import type { KeptForward, KeptReply } from './present-message.ts'
import type { Attachment, Entity, Message, Person, PostCard, Service } from '../schema.ts'
import type { MessageTable } from '../tables.ts'

/** A message that is right and allowed, before it has a number. */
export interface Outgoing {
  readonly cid: string
  readonly digest: string
  readonly kind: MessageTable['kind']
  readonly text: string
  readonly entities: readonly Entity[]
  readonly media: readonly Attachment[]
  readonly reply: KeptReply | null
  readonly forward: KeptForward | null
  readonly service?: Service
  readonly post?: PostCard
}

/** Who sends, and who must not notice. */
export interface Sending {
  readonly chatId: string
  /** null: the chat itself. */
  readonly sender: Person | null
  readonly outgoing: Outgoing
  /** Those who keep the sender away: to them the message does not exist. */
  readonly shunnedBy: ReadonlySet<string>
  /** The only other one here is among them, so that it does not say either what has been read. */
  readonly isUnheard?: boolean
  /** Members called by name, already without those who keep the sender away. */
  readonly mentioned: readonly string[]
  readonly draftVer?: number | undefined
}

export interface Sent {
  readonly seq: number
  readonly dup: boolean
  readonly m: Message
}

/** Tells a repetition from another message under the same number. */
export function digestOf(parts: readonly unknown[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)
}
