import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { CrewOrders, OrderName } from './crew-orders.ts'
import { pinned } from './machine.ts'

const PROCESS = join(import.meta.dirname, 'crew-process.ts')

interface Answer {
  readonly id: number
  readonly answer?: unknown
  readonly error?: string
}

/** Many people with sockets, in a process of their own on the core of the load. */
export class Crew {
  readonly #child: ChildProcess
  readonly #asked = new Map<number, (answer: Answer) => void>()
  #last = 0

  private constructor(child: ChildProcess) {
    this.#child = child
    child.on('message', (message) => {
      const answer = message as Answer
      this.#asked.get(answer.id)?.(answer)
      this.#asked.delete(answer.id)
    })
    child.on('exit', () => {
      for (const [id, answer] of this.#asked) answer({ id, error: 'The crew has ended' })
    })
  }

  static async gather(): Promise<Crew> {
    const [command = '', ...rest] = pinned('load', [process.execPath, PROCESS])
    const child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    await once(child, 'message')
    return new Crew(child)
  }

  /** @throws Error with what the crew complains of. */
  async tell<Name extends OrderName>(
    name: Name,
    input: CrewOrders[Name]['input'],
  ): Promise<CrewOrders[Name]['answer']> {
    const id = ++this.#last
    const answered = new Promise<Answer>((resolve) => this.#asked.set(id, resolve))
    this.#child.send({ id, name, input })
    const { answer, error } = await answered
    if (error !== undefined) throw new Error(error)
    return answer as CrewOrders[Name]['answer']
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await ended
  }
}
