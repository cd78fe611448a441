import { AsyncLocalStorage } from 'node:async_hooks'
import { type BindingKind, type Bindings, noBindings } from './bindings.ts'

type Handler = (input: never) => unknown

/** Says for which delivery something is asked. */
export type Ticket = (input: Record<string, unknown>) => Record<string, unknown>

/** Whose bindings they are. */
interface BinderFacts {
  readonly id: string
  /** The module's own folder; frames of its code are named relative to it. */
  readonly folder: string
}

/** Collects what `register` binds, and finds the handler again when the host invokes it. */
export class Binder {
  readonly bindings: Bindings = noBindings()
  isSealed = false
  readonly #facts: BinderFacts
  readonly #handlers = new Map<BindingKind, Handler[]>()
  readonly #delivery = new AsyncLocalStorage<string>()

  constructor(facts: BinderFacts) {
    this.#facts = facts
  }

  bind<K extends BindingKind>(
    kind: K,
    entry: Omit<Bindings[K][number], 'at'>,
    handler: Handler,
  ): void {
    const { id, folder } = this.#facts
    if (this.isSealed) throw new Error(`${id} binds ${kind} after register() has returned`)
    const list = this.bindings[kind] as unknown[]
    list.push({ ...entry, at: callerPlace(folder) })
    this.#handlers.set(kind, [...(this.#handlers.get(kind) ?? []), handler])
  }

  /** Says for which delivery something is asked, so that it commits with its acknowledgement. */
  readonly inDelivery: Ticket = (input) => {
    const delivery = this.#delivery.getStore()
    return delivery === undefined ? input : { ...input, delivery }
  }

  async run(kind: BindingKind, index: number, input: unknown, delivery?: string): Promise<unknown> {
    const handler = this.#handlers.get(kind)?.[index]
    if (!handler) throw new Error(`${this.#facts.id} has no handler ${kind}[${index}]`)
    if (delivery === undefined) return handler(input as never)
    return this.#delivery.run(delivery, () => handler(input as never))
  }
}

/** The first frame of the stack that lies in the module's folder. */
function callerPlace(folder: string): string {
  const frame = new Error('place').stack?.split('\n').find((line) => line.includes(folder))
  const found = /([^/\\(]+:\d+):\d+\)?$/.exec(frame ?? '')
  return found?.[1] ?? 'register()'
}
