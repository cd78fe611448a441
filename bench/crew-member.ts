import { setTimeout as pause } from 'node:timers/promises'
import { Backoff } from '../core/client/protocol/backoff.ts'
import { Refused, Wire } from './wire.ts'

/** Of a station whose door is full, or which is not ready yet. */
const COME_AGAIN = 503

interface Welcome {
  readonly t: 'welcome'
  readonly epoch: string
  readonly pts: number
  readonly resume: 'ok' | 'gap' | 'reset'
}

interface Answered {
  readonly t: 'res'
  readonly id: number
  readonly ok: boolean
  readonly r?: unknown
}

/** One person of the crew and their socket; to the bare relay it says no hello. */
export class CrewMember {
  resumed: Welcome['resume'] | undefined
  lags = 0
  attempts = 0
  onUpdate: () => void = () => undefined
  readonly #url: string
  readonly #token: string | undefined
  #wire: Wire | undefined
  #pts = 0
  #epoch: string | undefined
  #counted = 0
  #request = 0
  readonly #asked = new Map<number, (answer: Answered) => void>()
  #live: (() => void) | undefined

  constructor(url: string, token: string | undefined) {
    this.#url = url
    this.#token = token
  }

  get updates(): number {
    return this.#counted + (this.#wire?.updates ?? 0)
  }

  get bytes(): number {
    return this.#wire?.bytes ?? 0
  }

  get isClosed(): boolean {
    return this.#wire?.isClosed ?? true
  }

  /** Answers when everything that was missed is here. @throws when the socket does not open. */
  async connect(): Promise<void> {
    const wire = await Wire.open(this.#url, this.#token)
    this.#counted = this.updates
    this.#wire = wire
    wire.onFrame = (text) => this.#hear(text)
    wire.onUpdate = () => this.#count()
    if (this.#token === undefined) return
    const live = new Promise<void>((resolve) => (this.#live = resolve))
    const resume =
      this.#epoch === undefined ? {} : { resume: { epoch: this.#epoch, pts: this.#pts } }
    wire.say(JSON.stringify({ t: 'hello', v: [1, 1], ...resume }))
    await Promise.race([live, refusedLater()])
  }

  /** At once, and again where the door is full. @throws as {@link connectAgain}. */
  async arrive(): Promise<void> {
    try {
      await this.connect()
    } catch (error) {
      if (!isBusy(error)) throw error
      await this.connectAgain()
    }
  }

  /** Knocks as a browser does until it is let in. @throws Refused when it never will be. */
  async connectAgain(): Promise<void> {
    const backoff = new Backoff({ now: () => performance.now(), random: Math.random })
    for (;;) {
      await pause(backoff.next())
      this.attempts++
      try {
        return await this.connect()
      } catch (error) {
        if (error instanceof Refused && !isBusy(error)) throw error
        this.#wire?.end()
      }
    }
  }

  /** What the method answers. @throws Error with the refusal. */
  async ask(method: string, input: object): Promise<unknown> {
    const id = ++this.#request
    const answer = new Promise<Answered>((resolve) => this.#asked.set(id, resolve))
    this.say(JSON.stringify({ t: 'req', id, m: method, p: input }))
    const answered = await answer
    if (!answered.ok) throw new Error(JSON.stringify(answered))
    return answered.r
  }

  say(text: string): void {
    this.#wire?.say(text)
  }

  pause(): void {
    this.#wire?.pause()
  }

  slowDown(bytesPerS: number): void {
    this.#wire?.slowDown(bytesPerS)
  }

  end(): void {
    this.#wire?.end()
  }

  #count(): void {
    this.#pts++
    this.onUpdate()
  }

  #hear(text: string): void {
    const frame = JSON.parse(text) as Welcome | Answered | { t: 'live' | 'lag' }
    if (frame.t === 'res') {
      this.#asked.get(frame.id)?.(frame)
      this.#asked.delete(frame.id)
    } else if (frame.t === 'welcome') {
      this.resumed = frame.resume
      this.#epoch = frame.epoch
      if (frame.resume === 'reset') this.#pts = frame.pts
    } else if (frame.t === 'live') this.#live?.()
    else if (frame.t === 'lag') this.lags++
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Refused && error.status === COME_AGAIN
}

async function refusedLater(): Promise<never> {
  await pause(20_000, undefined, { ref: false })
  throw new Error('Nobody welcomes')
}
