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

interface Answer {
  readonly ms: number
  readonly error: string
}

/** Somebody who sends pictures, in a process of their own on the core of the load. */
export class Sender {
  readonly #child: ChildProcess
  #sent = 0

  private constructor(child: ChildProcess) {
    this.#child = child
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
    const answered = Promise.race([once(this.#child, 'message'), once(this.#child, 'exit')])
    this.#child.send(this.#sent++)
    const [answer] = (await answered) as [Partial<Answer> | number | null]
    if (answer === null || typeof answer === 'number') throw new Error('The sender has ended')
    if (answer.ms === undefined) throw new Error(answer.error)
    return answer.ms / 1_000
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
