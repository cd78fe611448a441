import { coreErrors } from '../errors.ts'
import { problemsOf } from '../schema.ts'

export interface Provider {
  /** `core` or a module's id. */
  readonly owner: string
  /** JSON Schema */
  readonly input: object
  readonly output: object
  readonly audience?: 'modules' | 'operator'
  answer(input: unknown): Promise<unknown>
}

/** Who answers which call right now. Names have one provider at a time. */
export class Calls {
  readonly #providers = new Map<string, Provider>()

  /** @returns what to call to stop providing. @throws when the name is taken. */
  provide(name: string, provider: Provider): () => void {
    const other = this.#providers.get(name)
    if (other) throw new Error(`The call ${name} is already provided by ${other.owner}`)
    this.#providers.set(name, provider)
    return () => {
      if (this.#providers.get(name) === provider) this.#providers.delete(name)
    }
  }

  /**
   * Asks whoever provides `name`; `caller` is a module's id, or the operator. Input and output are checked against the provider's schemas.
   *
   * @throws QL_CALL_UNAVAILABLE nobody provides it; QL_VALIDATION the input does not fit.
   */
  async call(name: string, input: unknown, caller = 'operator'): Promise<unknown> {
    const provider = this.#providers.get(name)
    const isClosed = provider?.audience === 'operator' && caller !== 'operator'
    if (!provider || isClosed) throw coreErrors.QL_CALL_UNAVAILABLE({ values: { name } })
    const errors = problemsOf(provider.input, input)
    if (errors.length > 0) throw coreErrors.QL_VALIDATION({ errors })
    const output = await provider.answer(input)
    const [wrong] = problemsOf(provider.output, output)
    if (wrong) {
      throw new Error(
        `${provider.owner} answered ${name} outside its schema: ${wrong.path} ${wrong.en}`,
      )
    }
    return output
  }
}
