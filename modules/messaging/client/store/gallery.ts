import type { Attachment, Message } from '../protocol/dto.ts'
import { Watched } from './watched.ts'

/** A picture or a film, with the message that brought it. */
export interface Piece {
  readonly media: Attachment
  readonly message: Message
}

export interface GalleryPage {
  /** Ascending. */
  readonly items: readonly Message[]
  /** Pieces before and after these. */
  readonly before: number
  readonly after: number
}

/** When so few are left on one side, more are asked for. */
const NEAR = 3

export function piecesOf(message: Message): Piece[] {
  return message.media
    .filter(({ kind }) => kind === 'photo' || kind === 'video')
    .map((media) => ({ media, message }))
}

/** All pictures and films of a chat, from the oldest on, of which one is looked at. */
export class Gallery extends Watched {
  readonly #ask: (seq: number) => Promise<GalleryPage | undefined>
  #messages: readonly Message[]
  #pieces: readonly Piece[]
  #at: number
  #before = 0
  #after = 0
  #isAsking = false
  /** A step beyond what is here: taken once there is more. */
  #wanted = 0

  /** @param ask what is around a message; undefined when nobody says. */
  constructor(
    ask: (seq: number) => Promise<GalleryPage | undefined>,
    message: Message,
    at: number,
  ) {
    super()
    this.#ask = ask
    this.#messages = [message]
    this.#pieces = piecesOf(message)
    this.#at = at
  }

  get shown(): Piece | undefined {
    return this.#pieces[this.#at]
  }

  /** Which one is looked at, from 1 on; of all. */
  get number(): number {
    return this.#before + this.#at + 1
  }

  get count(): number {
    return this.#before + this.#pieces.length + this.#after
  }

  /** Asks for what is around the first one. */
  async begin(): Promise<void> {
    const seq = this.#messages[0]?.seq
    if (seq !== undefined) await this.#load(seq)
  }

  /** @returns whether another one is looked at now. */
  go(by: 1 | -1): boolean {
    const next = this.#at + by
    const isHere = next >= 0 && next < this.#pieces.length
    if (isHere) this.#at = next
    else this.#wanted = by
    this.#loadMore()
    if (isHere) this.changed()
    return isHere
  }

  #loadMore(): void {
    if (this.#isAsking) return
    const isLow = this.#at < NEAR && this.#before > 0
    const isHigh = this.#at >= this.#pieces.length - NEAR && this.#after > 0
    const edge = this.#wanted > 0 && isHigh ? -1 : isLow ? 0 : isHigh ? -1 : undefined
    const seq = edge === undefined ? undefined : this.#messages.at(edge)?.seq
    if (seq === undefined) this.#wanted = 0
    else void this.#load(seq)
  }

  async #load(seq: number): Promise<void> {
    this.#isAsking = true
    const page = await this.#ask(seq)
    this.#isAsking = false
    const wanted = this.#wanted
    this.#wanted = 0
    if (!page) return
    this.#join(page)
    const isHere = this.#pieces[this.#at + wanted] !== undefined
    if (isHere) this.#at += wanted
    this.changed()
  }

  /** Pages overlap at the message they were asked around. */
  #join({ items, before, after }: GalleryPage): void {
    const { shown } = this
    const [first, last] = [this.#messages.at(0)?.seq ?? 0, this.#messages.at(-1)?.seq ?? 0]
    const older = items.filter(({ seq }) => seq < first)
    const newer = items.filter(({ seq }) => seq > last)
    if ((items.at(0)?.seq ?? first) <= first) this.#before = before
    if ((items.at(-1)?.seq ?? last) >= last) this.#after = after
    this.#messages = [...older, ...this.#messages, ...newer]
    this.#pieces = this.#messages.flatMap(piecesOf)
    this.#at = this.#pieces.findIndex(
      ({ media, message }) => media.id === shown?.media.id && message.seq === shown.message.seq,
    )
  }
}
