import { coreErrors } from '../errors.ts'
import { problemsOf } from '../schema.ts'

/**
 * Who may ask: every module that names the call, only modules of the level core, or only commands of
 * the person who runs the station. Each may also ask what is for those before.
 */
export type Audience = 'modules' | 'core' | 'operator'

const AUDIENCES: readonly Audience[] = ['modules', 'core', 'operator']

export interface Provider {
  /** `core` or a module's id. */
  readonly owner: string
  /** JSON Schema */
  readonly input: object
  readonly output: object
  readonly audience?: Audience
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

  /** What is provided right now and begins so. */
  named(beginning: string): readonly string[] {
    return [...this.#providers.keys()].filter((name) => name.startsWith(beginning))
  }

  /**
   * Asks whoever provides `name`. Input and output are checked against the provider's schemas.
   *
   * @throws QL_CALL_UNAVAILABLE nobody provides it, or not to this caller; QL_VALIDATION the input does not fit.
   */
  async call(name: string, input: unknown, caller: Audience = 'operator'): Promise<unknown> {
    const provider = this.#providers.get(name)
    if (!provider || !isFor(provider, caller))
      throw coreErrors.QL_CALL_UNAVAILABLE({ values: { name } })
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

/** Whether a manifest's `calls.uses` names the call, by itself or with all of its first part. */
export function namesCall(uses: Readonly<Record<string, number>>, name: string): boolean {
  return Object.hasOwn(uses, name) || Object.hasOwn(uses, `${name.split('.', 1)[0]}.*`)
}

function isFor({ audience = 'modules' }: Provider, caller: Audience): boolean {
  return AUDIENCES.indexOf(audience) <= AUDIENCES.indexOf(caller)
}
