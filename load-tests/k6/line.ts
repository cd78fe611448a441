import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import type { MetricKind, Sample } from '../metrics.ts'

/** What the runner tells a virtual user when it starts it. */
export interface UserData {
  readonly script: string
  /** From 1; 0 is the one that only runs `setup`. */
  readonly number: number
  readonly setupData: unknown
  readonly env: Readonly<Record<string, string | undefined>>
  readonly port: MessagePort
  /** [an answer has come, stop after this iteration] */
  readonly signals: Int32Array<SharedArrayBuffer>
  /** [iterations left for all users] */
  readonly shared: Int32Array<SharedArrayBuffer>
}

export interface HttpQuestion {
  readonly method: string
  readonly url: string
  readonly body: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export interface HttpAnswer {
  /** 0 when nothing was answered. */
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
  readonly durationMs: number
  readonly error: string
}

/** What a virtual user tells the runner. */
export type UserMessage =
  | { readonly is: 'ready'; readonly options: unknown; readonly setupData: unknown }
  | { readonly is: 'sample'; readonly sample: Sample }
  | { readonly is: 'request'; readonly question: HttpQuestion }
  | { readonly is: 'broken'; readonly text: string }
  | { readonly is: 'leaving' }

export const ANSWERED = 0
export const STOP = 1
const ITERATIONS_LEFT = 0

/**
 * The line from a virtual user to the runner. A k6 script expects its requests to answer at once
 * and not as promises, so the user's thread sleeps while the runner's thread does the asking.
 */
class Line {
  readonly user = workerData as UserData

  tell(message: UserMessage): void {
    this.user.port.postMessage(message)
  }

  measure(
    metric: string,
    kind: MetricKind,
    value: number,
    tags: Readonly<Record<string, string>> = {},
  ): void {
    this.tell({ is: 'sample', sample: { metric, kind, value, tags } })
  }

  ask(question: HttpQuestion): HttpAnswer {
    this.#tellAndWait({ is: 'request', question })
    const received: { message: HttpAnswer } | undefined = receiveMessageOnPort(this.user.port)
    if (received === undefined) throw new Error('The runner woke the user without an answer')
    return received.message
  }

  /** A thread that ends takes unread messages with it, so it waits until all were read. */
  leave(): void {
    this.#tellAndWait({ is: 'leaving' })
  }

  /** Ends early when the run does. */
  sleep(durationMs: number): void {
    Atomics.wait(this.user.signals, STOP, 0, durationMs)
  }

  get isStopped(): boolean {
    return Atomics.load(this.user.signals, STOP) === 1
  }

  /** Takes one of the shared iterations; false when none is left. */
  takeIteration(): boolean {
    return Atomics.sub(this.user.shared, ITERATIONS_LEFT, 1) > 0
  }

  #tellAndWait(message: UserMessage): void {
    Atomics.store(this.user.signals, ANSWERED, 0)
    this.tell(message)
    Atomics.wait(this.user.signals, ANSWERED, 0)
  }
}

export const line = new Line()
