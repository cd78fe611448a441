import type { Message } from '../protocol/dto.ts'
import type { Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

/** A change of a message that was begun and not saved. */
export interface LocalEdit {
  readonly message: Message
  /** What stood there when it was begun. */
  readonly was: string
  readonly text: string
  /** Another one of the chat was begun before it was saved; it waits for its message to be chosen again. */
  readonly isAside?: boolean
}

export interface EditsParts {
  readonly shelves: Shelves
  /** There is no message any more that these words could go into. */
  orphaned(chat: string, text: string): void
}

/** Changes of messages, one at a time in each chat, in this browser until they are saved or given up. */
export class Edits extends Watched {
  readonly #parts: EditsParts
  readonly #edits = new Map<string, LocalEdit>()
  readonly #aside = new Map<string, LocalEdit>()

  constructor(parts: EditsParts) {
    super()
    this.#parts = parts
  }

  async load(): Promise<void> {
    for (const edit of (await this.#parts.shelves.all('edits')) as LocalEdit[]) {
      if (edit.isAside) this.#aside.set(placeOf(edit), edit)
      else this.#edits.set(edit.message.chat, edit)
    }
    this.changed()
  }

  of(chat: string): LocalEdit | undefined {
    return this.#edits.get(chat)
  }

  /** Goes on where a change of this message was left. */
  begin(message: Message, was: string): void {
    const open = this.#edits.get(message.chat)
    if (open && open.text !== open.was) this.#putAside(open)
    const fresh = { message, was, text: was }
    const aside = this.#aside.get(placeOf(fresh))
    this.#takeUp(fresh)
    this.#put({ ...fresh, text: aside?.text ?? was })
  }

  write(chat: string, text: string): void {
    const edit = this.#edits.get(chat)
    if (edit && edit.text !== text) this.#put({ ...edit, text })
  }

  /** It was saved or given up. */
  end(chat: string): void {
    if (!this.#edits.delete(chat)) return
    this.#keep(chat)
    this.changed()
  }

  /** These messages are gone, or the whole chat. */
  lost(chat: string, seqs?: readonly number[]): void {
    for (const aside of this.#aside.values()) {
      const { message, text } = aside
      if (message.chat !== chat || (seqs && !seqs.includes(message.seq))) continue
      this.#parts.orphaned(chat, text)
      this.#takeUp(aside)
    }
    const edit = this.#edits.get(chat)
    if (!edit || (seqs && !seqs.includes(edit.message.seq))) return
    if (edit.text !== edit.was) this.#parts.orphaned(chat, edit.text)
    this.end(chat)
  }

  #put(edit: LocalEdit): void {
    const { chat } = edit.message
    this.#edits.set(chat, edit)
    this.#keep(chat, edit)
    this.changed()
  }

  #putAside(edit: LocalEdit): void {
    this.#aside.set(placeOf(edit), edit)
    this.#keep(placeOf(edit), { ...edit, isAside: true })
  }

  #takeUp(edit: LocalEdit): void {
    if (this.#aside.delete(placeOf(edit))) this.#keep(placeOf(edit))
  }

  /** Where the browser keeps nothing it lasts as long as the page. */
  #keep(key: string, put?: LocalEdit): void {
    const place = { shelf: 'edits', key } as const
    void this.#parts.shelves.write([put ? { ...place, put } : place]).catch(() => undefined)
  }
}

function placeOf({ message: { chat, seq } }: LocalEdit): string {
  return `${chat}/${seq}`
}
