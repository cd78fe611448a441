import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pinned } from './machine.ts'

const PROCESS = join(import.meta.dirname, 'sender-process.ts')

/** What is sent where. */
interface Errand {
  readonly url: string
  readonly token: string
  /** Of the picture. */
  readonly path: string
}

type Answer = { readonly ms: number } | { readonly error: string }

/** Somebody who sends pictures, one at a time, in a process of their own on the core of the load. */
export class Sender {
  readonly #child: ChildProcess
  #hear: (answer: Answer) => void = () => undefined
  #sent = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', (answer) => this.#hear(answer as Answer))
    child.on('exit', () => this.#hear({ error: 'The sender has ended' }))
  }

  static async hire(errand: Errand): Promise<Sender> {
    const order = [process.execPath, PROCESS, JSON.stringify(errand)]
    const [command = '', ...rest] = pinned('load', order)
    const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    await once(child, 'message')
    return new Sender(child)
  }

  /** @returns seconds until the station has answered. @throws Error when it did not take the picture. */
  async send(): Promise<number> {
    const answered = new Promise<Answer>((resolve) => (this.#hear = resolve))
    this.#child.send(this.#sent++)
    const answer = await answered
    if ('error' in answer) throw new Error(answer.error)
    return answer.ms / 1_000
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
