import type { World } from '#client'
import type { Draft, Quote } from '../protocol/dto.ts'
import type { Change, Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

/** What stands in the composer of a chat and was not sent. */
export interface LocalDraft {
  readonly chat: string
  readonly text: string
  readonly replySeq: number | null
  /** Of what is answered. */
  readonly quote?: Quote
  /** The version of the station's copy this was written on. */
  readonly ver: number
  /** The station has not got it yet. */
  readonly isDirty: boolean
  readonly at: string
}

export interface DraftsParts {
  readonly world: World
  readonly shelves: Shelves
  /** @returns the version it has there. @throws when the station cannot be reached. */
  save(draft: LocalDraft): Promise<number>
  /** The list of chats shows drafts too. */
  shown(chat: string, draft: Draft | null): void
}

const KEEP_MS = 300
const SEND_MS = 1_500

/** Unsent words, in this browser at once and on the other devices a moment later. */
export class Drafts extends Watched {
  readonly #parts: DraftsParts
  readonly #drafts = new Map<string, LocalDraft>()
  /** What another device has written while something stands here. */
  readonly #offers = new Map<string, Draft>()
  /** Where the station has said last what stands there. */
  readonly #told = new Set<string>()
  readonly #keeping = new Map<string, () => void>()
  readonly #sending = new Map<string, () => void>()
  /** Words on their way to the station. */
  readonly #saving = new Map<string, LocalDraft>()
  /** The same, once they have become a message meanwhile: the station's copy has to go. */
  readonly #spent = new Map<string, LocalDraft>()
  /** Where somebody is writing: nothing may replace their words. */
  #focused: string | undefined

  constructor(parts: DraftsParts) {
    super()
    this.#parts = parts
  }

  async load(): Promise<void> {
    for (const draft of (await this.#parts.shelves.all('drafts')) as LocalDraft[]) {
      this.#drafts.set(draft.chat, draft)
    }
    this.changed()
  }

  of(chat: string): LocalDraft | undefined {
    const draft = this.#drafts.get(chat)
    return draft && (draft.text !== '' || draft.replySeq !== null) ? draft : undefined
  }

  /** Whether what stands there has come from another device. */
  isTold(chat: string): boolean {
    return this.#told.has(chat)
  }

  offer(chat: string): Draft | undefined {
    return this.#offers.get(chat)
  }

  /** Somebody is in the composer of this chat. */
  focus(chat: string | undefined): void {
    this.#focused = chat
  }

  write(chat: string, text: string, replySeq: number | null, quote?: Quote): void {
    const old = this.#drafts.get(chat)
    const words = { chat, text, replySeq, ...(quote && { quote }) }
    if (isAlike(old ?? { text: '', replySeq: null }, words)) return
    this.#told.delete(chat)
    const at = new Date(this.#parts.world.now()).toISOString()
    this.#drafts.set(chat, { ...words, ver: old?.ver ?? 0, isDirty: true, at })
    this.#keepLater(chat)
    this.#sendLater(chat)
    this.changed()
  }

  /** Words that have lost their place stand below those that are there. */
  append(chat: string, text: string): void {
    const { text: above = '', replySeq = null, quote } = this.#drafts.get(chat) ?? {}
    this.write(chat, above === '' ? text : `${above}\n\n${text}`, replySeq, quote)
  }

  /** The words have become a message. @returns the version the station may forget. */
  sent(chat: string): number {
    const ver = this.#drafts.get(chat)?.ver ?? 0
    const saving = this.#saving.get(chat)
    if (saving) this.#spent.set(chat, saving)
    this.#cancel(chat)
    this.#told.delete(chat)
    this.#drafts.set(chat, { chat, text: '', replySeq: null, ver, isDirty: false, at: '' })
    this.#offers.delete(chat)
    this.#keep(chat)
    this.#parts.shown(chat, null)
    this.changed()
    return ver
  }

  /** The station's copy, as of now. It replaces what was read, never what is being written. */
  remote(chat: string, draft: Draft | null): readonly Change[] {
    const here = this.#drafts.get(chat) ?? localCopy(chat, null, 0)
    if (draft && draft.ver <= here.ver) return []
    const echoed = draft && this.#heardBack(here, draft)
    if (echoed) return echoed
    const isOther = here.text !== (draft?.text ?? '')
    const isOffered = isOther && this.#isBeingWritten(here)
    if (!isOffered) {
      this.#offers.delete(chat)
      this.#told.add(chat)
    }
    const put = isOffered ? this.#offer(here, draft) : localCopy(chat, draft, here.ver)
    this.#drafts.set(chat, put)
    this.changed()
    return [{ shelf: 'drafts', key: chat, put: this.#drafts.get(chat) }]
  }

  /** They are a message by now: what stands here stays, and goes over them. */
  #takeBack(here: LocalDraft, ver: number): readonly Change[] {
    this.#spent.delete(here.chat)
    const put = { ...here, ver, isDirty: true }
    this.#drafts.set(here.chat, put)
    this.#sendLater(here.chat)
    return [{ shelf: 'drafts', key: here.chat, put }]
  }

  /** Own words, told before they are answered: whatever has become of them here since then stays. */
  #heardBack(here: LocalDraft, { text, ver }: Draft): readonly Change[] | undefined {
    const { chat } = here
    if (text === this.#spent.get(chat)?.text) return this.#takeBack(here, ver)
    if (text !== this.#saving.get(chat)?.text) return undefined
    const put = { ...here, ver }
    this.#drafts.set(chat, put)
    return [{ shelf: 'drafts', key: chat, put }]
  }

  /** What is being written stays; the other words can be taken. */
  #offer(here: LocalDraft, draft: Draft | null): LocalDraft {
    if (draft && draft.text !== '') this.#offers.set(here.chat, draft)
    return { ...here, ver: draft?.ver ?? here.ver }
  }

  #isBeingWritten({ chat, text, isDirty }: LocalDraft): boolean {
    return text !== '' && (isDirty || this.#focused === chat)
  }

  /** Takes over what the other device has written. */
  accept(chat: string): void {
    const offer = this.#offers.get(chat)
    if (!offer) return
    this.#offers.delete(chat)
    this.write(chat, offer.text, offer.replySeq, offer.quote)
  }

  /** Stays with what stands here; that goes to the station over the other device's words. */
  decline(chat: string): void {
    this.#offers.delete(chat)
    const here = this.#drafts.get(chat)
    if (here) this.#drafts.set(chat, { ...here, isDirty: true })
    this.#keep(chat)
    void this.#send(chat)
    this.changed()
  }

  /** Sends what the station has not got: the connection is back. */
  flush(): void {
    for (const { chat, isDirty } of this.#drafts.values()) if (isDirty) void this.#send(chat)
  }

  #keepLater(chat: string): void {
    if (this.#keeping.has(chat)) return
    this.#keeping.set(
      chat,
      this.#parts.world.later(() => {
        this.#keeping.delete(chat)
        this.#keep(chat)
      }, KEEP_MS),
    )
  }

  /** Writes at once what waits for its turn: the page is about to go. */
  keepNow(): void {
    for (const chat of this.#keeping.keys()) this.#keep(chat)
  }

  #keep(chat: string): void {
    const put = this.#drafts.get(chat)
    void this.#parts.shelves.write([{ shelf: 'drafts', key: chat, put }]).catch(() => undefined)
  }

  #sendLater(chat: string): void {
    this.#sending.get(chat)?.()
    this.#sending.set(
      chat,
      this.#parts.world.later(() => void this.#send(chat), SEND_MS),
    )
  }

  async #send(chat: string): Promise<void> {
    this.#sending.get(chat)?.()
    this.#sending.delete(chat)
    const draft = this.#drafts.get(chat)
    if (!draft?.isDirty) return
    this.#saving.set(chat, draft)
    try {
      const ver = await this.#parts.save(draft)
      const now = this.#drafts.get(chat)
      if (!now) return
      if (this.#spent.get(chat) === draft) {
        this.#takeBack(now, Math.max(ver, now.ver))
        return
      }
      const isSame = isAlike(now, draft)
      this.#drafts.set(chat, {
        ...now,
        ver: Math.max(ver, now.ver),
        isDirty: now.isDirty && !isSame,
      })
      this.#keep(chat)
    } catch {
      /* It stays here and goes with the next change, or when the connection is back. */
    } finally {
      if (this.#saving.get(chat) === draft) this.#saving.delete(chat)
    }
  }

  #cancel(chat: string): void {
    for (const timers of [this.#keeping, this.#sending]) {
      timers.get(chat)?.()
      timers.delete(chat)
    }
  }
}

type Begun = Pick<LocalDraft, 'text' | 'replySeq' | 'quote'>

function isAlike(a: Begun, b: Begun): boolean {
  const isQuote = a.quote?.text === b.quote?.text && a.quote?.offset === b.quote?.offset
  return isQuote && a.text === b.text && a.replySeq === b.replySeq
}

function localCopy(chat: string, draft: Draft | null, knownVer: number): LocalDraft {
  const { text = '', replySeq = null, quote, at = '', ver = knownVer } = draft ?? {}
  return { chat, text, replySeq, ...(quote && { quote }), ver, isDirty: false, at }
}
