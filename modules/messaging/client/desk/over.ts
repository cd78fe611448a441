import type { Message, Person, Rights } from '../protocol/dto.ts'
import type { Outgoing } from '../store/outbox.ts'

/** Everybody who has reacted, those of one emoji, or those who have read it. */
export type WhoPart = 'all' | 'read' | { readonly emoji: string }

/** What lies over the panes. */
export type Over =
  | { readonly kind: 'message'; readonly message: Message; readonly x: number; readonly y: number }
  | {
      readonly kind: 'who'
      readonly message: Message
      readonly part: WhoPart
      readonly x: number
      readonly y: number
    }
  | { readonly kind: 'outgoing'; readonly item: Outgoing; readonly x: number; readonly y: number }
  | { readonly kind: 'chat'; readonly chat: string; readonly x: number; readonly y: number }
  | { readonly kind: 'create'; readonly what: 'private' | 'group' | 'channel' }
  | { readonly kind: 'forward'; readonly seqs: readonly number[] }
  | { readonly kind: 'delete'; readonly seqs: readonly number[] }
  | {
      readonly kind: 'leave' | 'remove' | 'clear' | 'edit-chat' | 'add' | 'mute' | 'pins'
      readonly chat: string
    }
  | { readonly kind: 'block'; readonly chat: string }
  | { readonly kind: 'confirm'; readonly question: Question }
  | { readonly kind: 'rights'; readonly chat: string; readonly appointment: Appointment }
  | { readonly kind: 'edit-outgoing'; readonly item: Outgoing }
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'date' }
  | { readonly kind: 'switch' }
  /** `at`: which of the message's pictures and films. */
  | { readonly kind: 'viewer'; readonly message: Message; readonly at: number }

/** An admin who is to be, or whose rights are to change. */
export interface Appointment {
  readonly person: Person
  /** null: not an admin yet. */
  readonly rights: Rights | null
  readonly save: (rights: Rights) => Promise<boolean>
  /** Asks whether the admin is to be one no longer. */
  readonly dismiss: () => void
}

/** Asked once more before something that is hard to undo. */
export interface Question {
  readonly title: string
  readonly text: string
  /** On the button that does it. */
  readonly label: string
  readonly run: () => void
}
