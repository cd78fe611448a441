import { Refused, Unanswered, type World } from '#client'
import type { Message, Reply } from '../protocol/dto.ts'
import type { Change, Shelves } from './shelves.ts'
import { Watched } from './watched.ts'

/** A file that goes with a message; kept with it until the station has it. */
export interface OutgoingFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Blob
  readonly width?: number
  readonly height?: number
  /** A small picture of it, as a data: address. */
  readonly thumb?: string
  readonly voice?: { readonly durationMs: number; readonly waveform: readonly number[] }
  /** Once the station has it. */
  readonly mediaId?: string
}

export interface Outgoing {
  readonly cid: string
  readonly chat: string
  readonly at: string
  readonly text: string
  readonly files: readonly OutgoingFile[]
  readonly reply: Reply | null
  readonly draftVer?: number
  readonly state: 'waiting' | 'sending' | 'failed'
  /** It may have arrived although nobody said so: the same words must be sent again. */
  readonly wasTried: boolean
  /** What it is to be changed to, once it has arrived. */
  readonly edited?: string
  /** To be taken back once it has arrived. */
  readonly isTakenBack?: boolean
  /** Why it was refused: as the station has said it, and its code. */
  readonly reason?: string
  readonly code?: string
}

export interface Sent {
  readonly m: Message
}

export interface UploadWay {
  /** From 0 to 1. */
  readonly progress: (share: number) => void
  /** The person has thought better of it. */
  readonly signal: AbortSignal
}

export interface OutboxParts {
  readonly world: World
  readonly shelves: Shelves
  /** Only one tab of a browser sends. */
  isSender(): boolean
  send(item: Outgoing, mediaIds: readonly string[]): Promise<Sent>
  upload(item: Outgoing, file: OutgoingFile, way: UploadWay): Promise<string>
  edit(m: Message, text: string): Promise<void>
  takeBack(m: Message): Promise<void>
  /** Keeps the message as the station has it. */
  sent(m: Message): Promise<void>
  /** Other tabs look again. */
  tell(): void
}

const AGAIN_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const

/**
 * Messages on their way. Each is sent under the number it was given here until the station says yes
 * or never: one at a time within a chat, in order, and it survives a reload.
 */
export class Outbox extends Watched {
  readonly #parts: OutboxParts
  #items: readonly Outgoing[] = []
  readonly #busy = new Set<string>()
  readonly #failures = new Map<string, number>()
  readonly #waits = new Map<string, () => void>()
  readonly #progress = new Map<string, number>()
  readonly #uploads = new Map<string, AbortController>()

  constructor(parts: OutboxParts) {
    super()
    this.#parts = parts
  }

  /** Of one chat, the oldest first. */
  of(chat: string): readonly Outgoing[] {
    return this.#items.filter((item) => item.chat === chat && !item.isTakenBack)
  }

  /** What the station will not take, in whichever chat. */
  get refused(): readonly Outgoing[] {
    return this.#items.filter(({ state }) => state === 'failed')
  }

  get size(): number {
    return this.#items.length
  }

  /** 0 to 1 while files are sent. */
  progress(cid: string): number | undefined {
    return this.#progress.get(cid)
  }

  async load(): Promise<void> {
    const kept = (await this.#parts.shelves.all('outbox')) as Outgoing[]
    const inFlight = new Map(this.#items.map((item) => [item.cid, item]))
    this.#items = kept
      .map((item) => this.#merged(item, inFlight.get(item.cid)))
      .toSorted((a, b) => a.cid.localeCompare(b.cid))
    this.changed()
    this.flush()
  }

  async add(item: Outgoing): Promise<void> {
    this.#items = [...this.#items, item]
    this.changed()
    await this.#keep(item)
    this.#parts.tell()
    this.#drain(item.chat)
  }

  /** Tries everything that waits, at once. */
  flush(): void {
    this.#failures.clear()
    for (const cancel of this.#waits.values()) cancel()
    this.#waits.clear()
    for (const chat of new Set(this.#items.map((item) => item.chat))) this.#drain(chat)
  }

  async edit(cid: string, text: string): Promise<void> {
    await this.#change(cid, (item) =>
      item.wasTried ? { ...item, edited: text } : { ...item, text },
    )
  }

  async remove(cid: string): Promise<void> {
    this.#uploads.get(cid)?.abort()
    const item = this.#find(cid)
    if (!item) return
    /* It may be there already: then it is taken back as soon as that is known. */
    if (item.wasTried && item.state !== 'failed') {
      await this.#change(cid, (now) => ({ ...now, isTakenBack: true }))
    } else await this.#forget(cid)
  }

  /** Once more. What was to be an answer goes without what is not there any more. */
  async retry(cid: string): Promise<void> {
    await this.#change(cid, (item) =>
      waiting(item.code === NOTHING_TO_ANSWER ? { ...item, reply: null } : item),
    )
    const item = this.#find(cid)
    if (item) this.#drain(item.chat)
  }

  /** Another device, or an earlier attempt, has brought it there. */
  arrived(cid: string): readonly Change[] {
    const item = this.#find(cid)
    if (!item || item.edited !== undefined || item.isTakenBack) return []
    this.#items = this.#items.filter((each) => each.cid !== cid)
    this.changed()
    return [{ shelf: 'outbox', key: cid }]
  }

  /** What another tab has changed about a message, over what is happening to it here. */
  #merged(kept: Outgoing, here: Outgoing | undefined): Outgoing {
    if (!this.#busy.has(kept.chat)) return kept.state === 'sending' ? waiting(kept) : kept
    if (!here) return kept
    const { edited, isTakenBack } = kept
    return {
      ...here,
      ...(edited !== undefined && { edited }),
      ...(isTakenBack !== undefined && { isTakenBack }),
    }
  }

  #find(cid: string): Outgoing | undefined {
    return this.#items.find((item) => item.cid === cid)
  }

  #drain(chat: string): void {
    if (!this.#parts.isSender() || this.#busy.has(chat) || this.#waits.has(chat)) return
    const next = this.#items.find((item) => item.chat === chat && item.state === 'waiting')
    if (!next) return
    this.#busy.add(chat)
    void this.#sendNext(next).finally(() => {
      this.#busy.delete(chat)
      this.#drain(chat)
    })
  }

  async #sendNext(item: Outgoing): Promise<void> {
    const { cid, chat } = item
    try {
      const mediaIds = await this.#uploaded(item)
      await this.#change(cid, (now) => ({ ...now, state: 'sending', wasTried: true }))
      const now = this.#find(cid)
      if (!now) return
      const { m } = await this.#parts.send(now, mediaIds)
      await this.#arrivedHere(cid, m)
      this.#failures.delete(chat)
    } catch (error) {
      await this.#failed(cid, error)
    } finally {
      this.#progress.delete(cid)
      this.#uploads.delete(cid)
      this.changed()
    }
  }

  async #arrivedHere(cid: string, m: Message): Promise<void> {
    const { edited, isTakenBack } = this.#find(cid) ?? {}
    await this.#parts.sent(m)
    if (isTakenBack) await this.#parts.takeBack(m)
    else if (edited !== undefined) await this.#parts.edit(m, edited)
    await this.#forget(cid)
  }

  async #uploaded(item: Outgoing): Promise<string[]> {
    const ids: string[] = []
    const abort = new AbortController()
    this.#uploads.set(item.cid, abort)
    for (const [index, file] of item.files.entries()) {
      const progress = (part: number): void => {
        this.#progress.set(item.cid, (index + part) / item.files.length)
        this.changed()
      }
      if (abort.signal.aborted) throw new Unanswered('Cancelled')
      const id =
        file.mediaId ?? (await this.#parts.upload(item, file, { progress, signal: abort.signal }))
      ids.push(id)
      await this.#change(item.cid, (now) => ({
        ...now,
        files: now.files.map((each, at) => (at === index ? { ...each, mediaId: id } : each)),
      }))
    }
    return ids
  }

  async #failed(cid: string, error: unknown): Promise<void> {
    const item = this.#find(cid)
    if (!item) return
    if (error instanceof Refused && error.failure.final) {
      const { detail: reason, code } = error.failure
      if (item.isTakenBack) return this.#forget(cid)
      return this.#change(cid, (now) => ({ ...now, state: 'failed', reason, code }))
    }
    await this.#change(cid, waiting)
    const failures = this.#failures.get(item.chat) ?? 0
    this.#failures.set(item.chat, failures + 1)
    const asked = error instanceof Refused ? error.failure.retry_ms : undefined
    const ms = asked ?? AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 30_000
    const cancel = this.#parts.world.later(() => {
      this.#waits.delete(item.chat)
      this.#drain(item.chat)
    }, ms)
    this.#waits.set(item.chat, cancel)
  }

  async #change(cid: string, change: (item: Outgoing) => Outgoing): Promise<void> {
    const old = this.#find(cid)
    if (!old) return
    const item = change(old)
    this.#items = this.#items.map((each) => (each.cid === cid ? item : each))
    this.changed()
    await this.#keep(item)
  }

  async #keep(item: Outgoing): Promise<void> {
    await this.#parts.shelves.write([{ shelf: 'outbox', key: item.cid, put: item }])
  }

  async #forget(cid: string): Promise<void> {
    this.#items = this.#items.filter((item) => item.cid !== cid)
    this.changed()
    await this.#parts.shelves.write([{ shelf: 'outbox', key: cid }])
    this.#parts.tell()
  }
}

const NOTHING_TO_ANSWER = 'QL_MSG_REPLY'

function waiting(item: Outgoing): Outgoing {
  const { reason: _reason, code: _code, ...rest } = item
  return { ...rest, state: 'waiting' }
}
