import { MessageChannel, Worker } from 'node:worker_threads'
import {
  ANSWERED,
  type HttpAnswer,
  type HttpQuestion,
  STOP,
  type UserData,
  type UserMessage,
} from './k6/line.ts'
import type { Metrics } from './metrics.ts'
import { type Plan, usersAt } from './plan.ts'

const TICK_MS = 50
/** More than any run can do, and the most that shared memory holds. */
const UNLIMITED = 2 ** 31 - 1
const GRACE_MS = 30_000
const MAX_ERRORS_SHOWN = 5
const USER = new URL('./k6/virtual-user.ts', import.meta.url)

interface VirtualUser {
  readonly ended: Promise<void>
  /** Asks the user to end after its current iteration. */
  dismiss(): void
  terminate(): Promise<number>
}

/** The virtual users of one script: each a thread, all their requests made from this one. */
export class Crew {
  readonly #script: string
  readonly #env: UserData['env']
  readonly #metrics: Metrics
  readonly #shared = new Int32Array(new SharedArrayBuffer(4))
  readonly #errors = new Map<string, number>()
  #hired = 0

  constructor(script: string, env: UserData['env'], metrics: Metrics) {
    this.#script = script
    this.#env = env
    this.#metrics = metrics
  }

  /** Errors of the script itself, most frequent first, at most five. */
  get errors(): string[] {
    return [...this.#errors]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, MAX_ERRORS_SHOWN)
      .map(([text, count]) => `${count} × ${text}`)
  }

  /** Loads the script and runs its `setup`. @throws Error with what the script threw. */
  async prepare(): Promise<{ options: unknown; setupData: unknown }> {
    const { promise, resolve } = Promise.withResolvers<UserMessage & { is: 'ready' }>()
    const user = this.#hire(0, undefined, (message) => {
      if (message.is === 'ready') resolve(message)
    })
    const ready = await Promise.race([promise, user.ended])
    if (!ready) throw new Error([...this.#errors.keys()].join('\n') || 'The script ended early')
    await user.ended
    return ready
  }

  /** Carries the plan out; answers how long it took in milliseconds. */
  async work(plan: Plan, setupData: unknown): Promise<number> {
    const startedMs = performance.now()
    this.#shared[0] = plan.iterations ?? UNLIMITED
    const users = new Set<VirtualUser>()
    let wanted = usersAt(plan, 0)
    while (wanted !== undefined && !this.#isDone(plan, users)) {
      while (users.size < wanted && !this.#isUsedUp(plan)) users.add(this.#join(users, setupData))
      for (const user of [...users].slice(wanted)) {
        users.delete(user)
        user.dismiss()
      }
      this.#metrics.add({ metric: 'vus', kind: 'gauge', value: users.size, tags: {} })
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
      wanted = usersAt(plan, performance.now() - startedMs)
    }
    await dismissAll(users)
    return performance.now() - startedMs
  }

  #isUsedUp(plan: Plan): boolean {
    return plan.iterations !== null && Atomics.load(this.#shared, 0) <= 0
  }

  #isDone(plan: Plan, users: ReadonlySet<VirtualUser>): boolean {
    return this.#isUsedUp(plan) && users.size === 0
  }

  #join(users: Set<VirtualUser>, setupData: unknown): VirtualUser {
    this.#hired += 1
    const user = this.#hire(this.#hired, setupData, () => undefined)
    user.ended.then(() => users.delete(user)).catch(() => undefined)
    return user
  }

  #hire(number: number, setupData: unknown, hear: (message: UserMessage) => void): VirtualUser {
    const { port1: here, port2: there } = new MessageChannel()
    const signals = new Int32Array(new SharedArrayBuffer(8))
    const data: UserData = {
      script: this.#script,
      number,
      setupData,
      env: this.#env,
      port: there,
      signals,
      shared: this.#shared,
    }
    const worker = new Worker(USER, { workerData: data, transferList: [there] })
    const wake = (): void => {
      Atomics.store(signals, ANSWERED, 1)
      Atomics.notify(signals, ANSWERED)
    }
    const answer = async (question: HttpQuestion): Promise<void> => {
      here.postMessage(await asked(question))
      wake()
    }
    here.on('message', (message: UserMessage) => {
      hear(message)
      if (message.is === 'sample') this.#metrics.add(message.sample)
      else if (message.is === 'broken') this.#note(message.text)
      else if (message.is === 'request') void answer(message.question)
      else if (message.is === 'leaving') wake()
    })
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    worker.on('error', (error) => this.#note(String(error)))
    worker.on('exit', () => {
      here.close()
      resolve()
    })
    return {
      ended,
      dismiss: () => {
        Atomics.store(signals, STOP, 1)
        Atomics.notify(signals, STOP)
      },
      terminate: () => worker.terminate(),
    }
  }

  #note(text: string): void {
    this.#errors.set(text, (this.#errors.get(text) ?? 0) + 1)
  }
}

async function dismissAll(users: ReadonlySet<VirtualUser>): Promise<void> {
  const staying = [...users]
  for (const user of staying) user.dismiss()
  const grace = setTimeout(() => {
    for (const user of staying) void user.terminate()
  }, GRACE_MS)
  await Promise.all(staying.map((user) => user.ended))
  clearTimeout(grace)
}

async function asked({ method, url, body, headers, timeoutMs }: HttpQuestion): Promise<HttpAnswer> {
  const startedMs = performance.now()
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(url, { method, body, headers, signal })
    return {
      status: answer.status,
      body: await answer.text(),
      headers: canonical(answer.headers),
      url: answer.url,
      durationMs: performance.now() - startedMs,
      error: '',
    }
  } catch (error) {
    const durationMs = performance.now() - startedMs
    const cause = error instanceof Error ? (error.cause ?? error) : error
    return { status: 0, body: '', headers: {}, url, durationMs, error: String(cause) }
  }
}

/** k6 spells header names as `Content-Type`. */
function canonical(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [capitalized(name), value]))
}

function capitalized(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
}
