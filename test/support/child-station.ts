import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..', '..')
/** The project's own Node: the caller may run on an older one. */
const NODE = join(ROOT, 'node_modules', '.bin', 'node')
const ADDRESS = /https?:\/\/127\.0\.0\.1:\d+/

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ChildStationOptions {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  /** Given to Node before the program. */
  readonly nodeArguments?: readonly string[]
}

/** `node main.ts` as a process whose words and ending are looked at; killed when disposed. */
export class ChildStation implements AsyncDisposable {
  readonly process: ChildProcess
  /** Answers when the process has ended and all it wrote has arrived. */
  readonly ended: Promise<Ending>
  #said = ''
  #complained = ''
  readonly #waiting = new Set<() => void>()

  constructor({ dataDir, env = {}, nodeArguments = [] }: ChildStationOptions) {
    this.process = spawn(NODE, [...nodeArguments, 'main.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        QUARK_DATA_DIR: dataDir,
        QUARK_PORT: '0',
        QUARK_LOG_LEVEL: 'warn',
        QUARK_LOG_FILE: 'off',
        QUARK_RATE_LIMITS: 'off',
        QUARK_BCRYPT_COST: '10',
        ...env,
      },
    })
    this.ended = once(this.process, 'close').then(([code, signal]) => ({ code, signal }))
    this.process.stdout?.on('data', (chunk: Buffer) => {
      this.#said += chunk.toString()
      for (const look of this.#waiting) look()
    })
    this.process.stderr?.on('data', (chunk: Buffer) => {
      this.#complained += chunk.toString()
    })
  }

  /** What it wrote to its standard output. */
  get said(): string {
    return this.#said
  }

  /** What it wrote to its standard error. */
  get complained(): string {
    return this.#complained
  }

  /** @throws Error with all it wrote when it ends before it listens. */
  async address(): Promise<string> {
    const [address] = await this.says(ADDRESS)
    return address ?? ''
  }

  /** Answers when its standard output matches. @throws Error when it ends before. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve) => {
      const look = (): void => {
        const match = pattern.exec(this.#said)
        if (!match) return
        this.#waiting.delete(look)
        resolve(match)
      }
      this.#waiting.add(look)
      look()
    })
    const early = this.ended.then(({ code, signal }): never => {
      throw new Error(`Ended with ${code ?? signal}:\n${this.#said}\n${this.#complained}`)
    })
    return Promise.race([found, early])
  }

  /** Asks it to stop, as a service manager does. */
  stop(): Promise<Ending> {
    this.process.kill('SIGTERM')
    return this.ended
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGKILL')
    await this.ended
  }
}
