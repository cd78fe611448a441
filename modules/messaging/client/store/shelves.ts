/** What is kept in this browser for one account. */
export type ShelfName =
  | 'meta'
  | 'chats'
  | 'people'
  | 'messages'
  | 'ranges'
  | 'drafts'
  | 'edits'
  | 'outbox'
  | 'places'

export const SHELF_NAMES: readonly ShelfName[] = [
  'meta',
  'chats',
  'people',
  'messages',
  'ranges',
  'drafts',
  'edits',
  'outbox',
  'places',
]

/** Messages are kept under their chat and number; everything else under one text. */
export type ShelfKey = string | readonly [chat: string, seq: number]

export type Change =
  | { readonly shelf: ShelfName; readonly key: ShelfKey; readonly put: unknown }
  | { readonly shelf: ShelfName; readonly key: ShelfKey }
  /** Everything on the shelf, or all messages of one chat. */
  | { readonly shelf: ShelfName; readonly all: true; readonly chat?: string }

export interface Shelves {
  get(shelf: ShelfName, key: ShelfKey): Promise<unknown>
  all(shelf: ShelfName): Promise<unknown[]>
  /** Messages of a chat with numbers from..to, ascending. */
  messages(chat: string, from: number, to: number): Promise<unknown[]>
  /** All of it or nothing. */
  write(changes: readonly Change[]): Promise<void>
}
