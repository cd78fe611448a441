import { coreErrors } from '../errors.ts'
import { problemsOf } from '../schema.ts'

export interface EventSchema {
  readonly type: string
  /** The module that publishes it. */
  readonly owner: string
  readonly version: number
  /** JSON Schema of the payload. */
  readonly schema: object
}

/** Payload schemas of all event types that docked modules publish. A type has one owner. */
export class EventSchemas {
  readonly #schemas = new Map<string, EventSchema>()

  /** @returns what to call to forget it. @throws when another module owns the type. */
  define(type: string, owner: string, schema: object, version = 1): () => void {
    const other = this.#schemas.get(type)
    if (other) throw new Error(`The event ${type} already belongs to ${other.owner}`)
    this.#schemas.set(type, { type, owner, schema, version })
    return () => void this.#schemas.delete(type)
  }

  /** @throws QL_VALIDATION naming what does not fit; an Error for a type nobody defines. */
  validate(type: string, data: unknown): void {
    const known = this.#schemas.get(type)
    if (!known) throw new Error(`The event ${type} has no schema; bind it with app.eventBus.define`)
    const errors = problemsOf(known.schema, data)
    if (errors.length > 0) throw coreErrors.QL_VALIDATION({ errors })
  }

  list(): readonly EventSchema[] {
    return [...this.#schemas.values()].toSorted((a, b) => a.type.localeCompare(b.type))
  }
}
