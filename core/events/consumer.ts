import type { CloudEvent } from '../port/events.ts'
import type { Consumer, ConsumerOptions, Deliver, DeliveryFacts, Effect } from './bus.ts'
import type { ConsumerParts } from './consumer-parts.ts'
import { beginRun, Cursor, OvertakenError, register } from './cursor.ts'
import { Gathered } from './gathered.ts'
import type { LogLine } from './outbox.ts'
import { Retries } from './retries.ts'

const BATCH = 512
/** Handlers that answer at once must not keep requests and timers waiting for longer. */
const MAX_BUSY_MS = 5
/** A handler that has not ended by then is left alone; its event is delivered again. */
const MAX_STOP_MS = 10_000

const FIRST: DeliveryFacts = { attempt: 1, replay: false }
const AGAIN: DeliveryFacts = { attempt: 1, replay: true }

/**
 * One durable subscription: one event at a time, in the order of the log, from memory while it
 * keeps up and from the log in batches when it is behind. What fails goes to {@link Retries}.
 *
 * Acknowledgements without effects are gathered in memory, at most {@link BATCH} of them, and
 * handled again after a crash. A crash may have been the fault of one of those events, so after a
 * run that did not end in order they are delivered as suspects, each attempt counted beforehand.
 */
export class EmbeddedConsumer implements Consumer {
  readonly options: ConsumerOptions
  readonly #deliver: Deliver
  readonly #parts: ConsumerParts
  readonly #cursor: Cursor
  readonly #retries: Retries
  readonly #gathered = new Gathered(() => this.wake())
  #live: LogLine[] = []
  #isBehind = true
  #isLoaded = false
  #isOvertaken = false
  /** From the registration to the stop; before it the place is not known. */
  #isOpen = false
  #running: Promise<void> | undefined
  #handled = 0
  #suspects = 0
  #lastSuspect = 0
  #busySince = 0

  constructor(options: ConsumerOptions, deliver: Deliver, parts: ConsumerParts) {
    this.options = options
    this.#deliver = deliver
    this.#parts = parts
    this.#cursor = new Cursor(options.name)
    this.#retries = new Retries({ ...parts, consumer: options.name, deliver, cursor: this.#cursor })
  }

  /** How far it is, written down or not. */
  get reached(): number {
    return this.#cursor.floor
  }

  /** Begins where this name stopped. */
  async start(): Promise<void> {
    const isClean = await this.#parts.database.transaction(async (tx) => {
      await register(tx, this.options)
      await this.#retries.suspectRunning(tx)
      return beginRun(tx, this.options.name)
    })
    if (!isClean) {
      this.#suspects = BATCH
      this.#lastSuspect = await this.#parts.outbox.lastSeq()
    }
    this.#isOpen = true
    this.wake()
  }

  /** A committed event of this type, right behind the one before it. */
  offer(line: LogLine): void {
    if (this.#isBehind || this.#live.length >= BATCH) this.#isBehind = true
    else this.#live.push(line)
    this.wake()
  }

  /** Something was committed that was not offered: the log knows. */
  lookBehind(): void {
    this.#isBehind = true
    this.wake()
  }

  /** Reads its place afresh when somebody else has changed it. */
  reload(): void {
    this.#isLoaded = false
    this.wake()
  }

  /** Compares with the rows as they are, which another process may have written. */
  check(generation: number, dueAtMs: number): void {
    if (!this.#isLoaded || this.#running) return
    const isNew = generation > this.#cursor.generation || dueAtMs < this.#retries.dueAtMs
    if (isNew) this.reload()
    else if (this.#retries.isDue) this.wake()
  }

  /** Answers when nothing is deliverable now. @returns whether anything was handled meanwhile. */
  async settle(): Promise<boolean> {
    const before = this.#handled
    if (!this.#cursor.isWritten) this.#gathered.hurry()
    this.wake()
    while (this.#running) await this.#running
    return this.#handled > before
  }

  async stop(): Promise<void> {
    this.#isOpen = false
    this.#gathered.rest()
    if (!(await endsInTime(this.#running))) {
      this.#parts.log.warn('A handler did not end in time', { consumer: this.options.name })
      return
    }
    try {
      await this.#parts.database.transaction(async (tx) => {
        if (!this.#cursor.isWritten) await this.#cursor.write(tx, this.#cursor.floor)
        await this.#cursor.markClean(tx)
      })
    } catch (error) {
      this.#report('A consumer could not write its place', error)
    }
  }

  wake(): void {
    if (this.#isOpen) this.#running ??= this.#parts.inOwnContext(() => this.#run())
  }

  async #run(): Promise<void> {
    /* The commit that wakes us answers its publishers first. */
    await Promise.resolve()
    this.#busySince = performance.now()
    let hasFailed = false
    try {
      while (this.#isOpen && (await this.#step()));
    } catch (error) {
      this.#isLoaded = false
      this.#isOvertaken = error instanceof OvertakenError
      hasFailed = !this.#isOvertaken
      /* The next commit or the next second tries again from the same place. */
      if (hasFailed) this.#report('A consumer stands still', error)
    }
    this.#running = undefined
    if (!hasFailed && this.#hasWork()) this.wake()
  }

  #hasWork(): boolean {
    return !this.#isLoaded || this.#gathered.isDue || this.#isBehind || this.#live.length > 0
  }

  /** @returns false when there is nothing to do. */
  async #step(): Promise<boolean> {
    if (!this.#isLoaded) await this.#load()
    else if (this.#gathered.isDue || this.#gathered.isFull) await this.#flush()
    else if (this.#retries.isDue) await this.#takeDue()
    else if (this.#isBehind) await this.#readOn()
    else if (this.#live.length > 0) await this.#takeLive()
    else return false
    return true
  }

  async #load(): Promise<void> {
    if (!this.#isOvertaken) await this.#flush()
    this.#isOvertaken = false
    this.#isLoaded = true
    this.#isBehind = true
    this.#live = []
    this.#gathered.clear()
    await this.#cursor.load(this.#parts.database)
    await this.#retries.load()
  }

  async #flush(): Promise<void> {
    this.#gathered.clear()
    if (this.#cursor.isWritten) return
    await this.#parts.database.transaction((tx) => this.#cursor.write(tx, this.#cursor.floor))
  }

  async #takeDue(): Promise<void> {
    await this.#retries.takeDue()
    this.#handled++
  }

  async #readOn(): Promise<void> {
    this.#isBehind = false
    this.#live = []
    const { type } = this.options
    const lines = await this.#parts.outbox.read(type, this.#cursor.floor, BATCH)
    if (lines.length === BATCH) this.#isBehind = true
    await this.#takeAll(lines)
  }

  async #takeLive(): Promise<void> {
    const lines = this.#live
    this.#live = []
    await this.#takeAll(lines)
  }

  async #takeAll(lines: readonly LogLine[]): Promise<void> {
    for (const line of lines) {
      if (!this.#isOpen) return
      if (line.seq <= this.#cursor.floor) continue
      if (performance.now() - this.#busySince > MAX_BUSY_MS) await this.#pause()
      this.#handled++
      const pending = this.#take(line)
      if (!pending) continue
      await pending
      if (this.#gathered.isDue) await this.#flush()
      if (this.#retries.isDue) return this.lookBehind()
    }
  }

  /** @returns a promise only when there is something to wait for. */
  #take({ seq, envelope }: LogLine): Promise<void> | undefined {
    const event = JSON.parse(envelope) as CloudEvent
    if (this.#retries.isBlocked(event.subject)) return this.#hold(seq, event)
    if (this.#suspects > 0 && seq <= this.#lastSuspect) return this.#takeSuspect(seq, event)
    try {
      const outcome = this.#deliver(event, this.#cursor.isReplay(seq) ? AGAIN : FIRST)
      if (outcome instanceof Promise) return this.#finish(seq, event, outcome)
      if (outcome && outcome.length > 0) return this.#commit(seq, event, outcome)
      this.#acknowledge(seq)
      return undefined
    } catch (error) {
      return this.#putOff(seq, event, error)
    }
  }

  async #finish(seq: number, event: CloudEvent, outcome: ReturnType<Deliver>): Promise<void> {
    let effects: readonly Effect[] | void
    try {
      effects = await outcome
    } catch (error) {
      return this.#putOff(seq, event, error)
    }
    if (effects && effects.length > 0) return this.#commit(seq, event, effects)
    this.#acknowledge(seq)
  }

  #acknowledge(seq: number): void {
    this.#cursor.advance(seq)
    this.#gathered.add()
  }

  async #commit(seq: number, event: CloudEvent, effects: readonly Effect[]): Promise<void> {
    try {
      await this.#parts.database.transaction(async (tx) => {
        await this.#cursor.write(tx, seq)
        for (const effect of effects) await effect(tx)
      })
    } catch (error) {
      if (error instanceof OvertakenError) throw error
      await this.#putOff(seq, event, error)
    }
  }

  async #putOff(seq: number, event: CloudEvent, error: unknown): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.#cursor.write(tx, seq)
      await this.#retries.putOff(tx, seq, event, error)
    })
  }

  async #hold(seq: number, event: CloudEvent): Promise<void> {
    await this.#parts.database.transaction(async (tx) => {
      await this.#cursor.write(tx, seq)
      await this.#retries.hold(tx, seq, event.subject)
    })
  }

  async #takeSuspect(seq: number, event: CloudEvent): Promise<void> {
    this.#suspects--
    await this.#retries.takeSuspect(seq, event, (tx) => this.#cursor.write(tx, seq))
  }

  async #pause(): Promise<void> {
    await new Promise(setImmediate)
    this.#busySince = performance.now()
  }

  #report(message: string, error: unknown): void {
    this.#parts.log.error(message, { consumer: this.options.name, error: String(error) })
  }
}

async function endsInTime(running: Promise<void> | undefined): Promise<boolean> {
  if (!running) return true
  const { promise: tooLate, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), MAX_STOP_MS)
  const inTime = await Promise.race([running.then(() => true), tooLate])
  clearTimeout(timer)
  return inTime
}
