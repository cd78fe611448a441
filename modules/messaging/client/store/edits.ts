import type { Message } from '../protocol/dto.ts'
import type { Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

/** A change of a message that was begun and not saved. */
export interface LocalEdit {
  readonly message: Message
  /** What stood there when it was begun. */
  readonly was: string
  readonly text: string
}

export interface EditsParts {
  readonly shelves: Shelves
  /** There is no message any more that these words could go into. */
  orphaned(chat: string, text: string): void
}

/** Changes of messages, one in each chat, in this browser until they are saved or given up. */
export class Edits extends Watched {
  readonly #parts: EditsParts
  readonly #edits = new Map<string, LocalEdit>()

  constructor(parts: EditsParts) {
    super()
    this.#parts = parts
  }

  async load(): Promise<void> {
    for (const edit of (await this.#parts.shelves.all('edits')) as LocalEdit[]) {
      this.#edits.set(edit.message.chat, edit)
    }
    this.changed()
  }

  of(chat: string): LocalEdit | undefined {
    return this.#edits.get(chat)
  }

  begin(message: Message, was: string): void {
    this.#put({ message, was, text: was })
  }

  write(chat: string, text: string): void {
    const edit = this.#edits.get(chat)
    if (edit && edit.text !== text) this.#put({ ...edit, text })
  }

  /** It was saved or given up. */
  end(chat: string): void {
    if (!this.#edits.delete(chat)) return
    this.#write(chat)
    this.changed()
  }

  /** These messages are gone, or the whole chat. */
  lost(chat: string, seqs?: readonly number[]): void {
    const edit = this.#edits.get(chat)
    if (!edit || (seqs && !seqs.includes(edit.message.seq))) return
    if (edit.text !== edit.was) this.#parts.orphaned(chat, edit.text)
    this.end(chat)
  }

  #put(edit: LocalEdit): void {
    const { chat } = edit.message
    this.#edits.set(chat, edit)
    this.#write(chat)
    this.changed()
  }

  /** Where the browser keeps nothing it lasts as long as the page. */
  #write(chat: string): void {
    const put = this.#edits.get(chat)
    const place = { shelf: 'edits', key: chat } as const
    void this.#parts.shelves.write([put ? { ...place, put } : place]).catch(() => undefined)
  }
}
