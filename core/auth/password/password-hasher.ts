import { Worker } from 'node:worker_threads'
import { coreErrors } from '../../errors.ts'
import { bcryptText, PASSWORD_SCHEME } from './password.ts'
import type { HashingResult, HashingTask } from './password-worker.ts'
import type { Pepper } from '../keys/secrets.ts'

const MAX_WAITING = 32
/** About what one hash of cost 12 takes; only to tell people when to come back. */
const HASH_MS = 250

export interface PasswordHash {
  /** `$2b$…` */
  readonly passwordHash: string
  readonly passwordScheme: string
  readonly pepperKid: string
}

type Task = HashingTask extends infer T ? (T extends HashingTask ? Omit<T, 'id'> : never) : never

interface Waiting {
  readonly resolve: (value: HashingResult['value']) => void
  readonly reject: (error: unknown) => void
}

/**
 * bcrypt in one thread of its own: a quarter of a second per password would stop the event loop,
 * and the asynchronous form would fill the pool that files and names are read by.
 *
 * The thread is started by the first password and does not keep the program running while idle.
 */
export class PasswordHasher {
  readonly #secrets: { readonly peppers: readonly Pepper[] }
  readonly #cost: number
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #lastId = 0

  /** Asks for the peppers each time: they may be rotated meanwhile. */
  constructor(secrets: { readonly peppers: readonly Pepper[] }, cost: number) {
    this.#secrets = secrets
    this.#cost = cost
  }

  /** @throws QL_BUSY when 32 passwords are waiting already. */
  async hash(password: string): Promise<PasswordHash> {
    const pepper = this.#newest()
    const text = bcryptText(password, pepper)
    const hash = await this.#ask({ kind: 'hash', text, cost: this.#cost })
    if (typeof hash !== 'string') throw new Error('bcrypt gave no hash')
    return { passwordHash: hash, passwordScheme: PASSWORD_SCHEME, pepperKid: pepper.kid }
  }

  /** Whether it is the password; false for a hash made with a pepper or scheme unknown here. */
  async matches(password: string, stored: PasswordHash): Promise<boolean> {
    const pepper = this.#secrets.peppers.find(({ kid }) => kid === stored.pepperKid)
    if (!pepper || stored.passwordScheme !== PASSWORD_SCHEME) return this.pretend(password)
    const text = bcryptText(password, pepper)
    return (await this.#ask({ kind: 'compare', text, hash: stored.passwordHash })) === true
  }

  /** The work of a comparison for an account that does not exist, so that time tells nothing. */
  async pretend(password: string): Promise<false> {
    const text = bcryptText(password, this.#newest())
    await this.#ask({ kind: 'compare', text, hash: unusableHash(this.#cost) })
    return false
  }

  /** True when the station's cost or pepper has changed since the hash was made. */
  isOutdated(stored: PasswordHash): boolean {
    const cost = Number(stored.passwordHash.split('$')[2])
    return cost !== this.#cost || stored.pepperKid !== this.#newest().kid
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    this.#rejectWaiting()
    await worker?.terminate()
  }

  #newest(): Pepper {
    const newest = this.#secrets.peppers.at(-1)
    if (!newest) throw new Error('The station has no pepper')
    return newest
  }

  #ask(task: Task): Promise<HashingResult['value']> {
    if (this.#waiting.size >= MAX_WAITING) throw this.#busy()
    const worker = (this.#worker ??= this.#start())
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      worker.ref()
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- A thread has none.
      worker.postMessage({ ...task, id })
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('./password-worker.ts', import.meta.url), { execArgv: [] })
    worker.unref()
    worker.on('message', ({ id, value }: HashingResult) => {
      this.#waiting.get(id)?.resolve(value)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) worker.unref()
    })
    const fail = (): void => {
      if (this.#worker !== worker) return
      this.#worker = undefined
      this.#rejectWaiting()
    }
    worker.on('error', fail)
    worker.on('exit', fail)
    return worker
  }

  #rejectWaiting(): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { reject } of waiting) reject(coreErrors.QL_BUSY({ retryAfterS: 1 }))
  }

  #busy(): Error {
    const retryAfterS = Math.ceil((this.#waiting.size * HASH_MS) / 1000)
    return coreErrors.QL_BUSY({ retryAfterS })
  }
}

/** A well-formed hash that no password is known for. */
function unusableHash(cost: number): string {
  return `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(21)}O${'u'.repeat(30)}O`
}
