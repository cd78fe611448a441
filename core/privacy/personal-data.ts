import type {
  ErasedData,
  ErasedSubject,
  ExportedFile,
  DataSubject,
  PersonalDataOwner,
} from './index.ts'

/** Everybody who keeps data of people, in the order in which they came. */
export class PersonalData {
  readonly #owners = new Map<string, PersonalDataOwner>()
  readonly #early = new Set<string>()

  /** @param name Of a room, or the id of a module. @returns what to call when the owner leaves. @throws when the name is taken. */
  own(
    name: string,
    owner: PersonalDataOwner,
    { erasesFirst = false }: { readonly erasesFirst?: boolean } = {},
  ): () => void {
    if (this.#owners.has(name)) throw new Error(`${name} already answers for its personal data`)
    this.#owners.set(name, owner)
    if (erasesFirst) this.#early.add(name)
    return () => void this.#owners.delete(name)
  }

  get names(): readonly string[] {
    return [...this.#owners.keys()]
  }

  /**
   * One owner after the other, each in parts.
   *
   * @yields whose turn it is, and the files of the part.
   */
  async *exports(
    person: DataSubject,
  ): AsyncGenerator<{ readonly name: string; readonly files: readonly ExportedFile[] }> {
    for (const [name, owner] of this.#owners) {
      let after: string | undefined
      do {
        const part = await owner.export({ ...person, ...(after === undefined ? {} : { after }) })
        yield { name, files: part.files }
        after = part.next
      } while (after !== undefined)
    }
  }

  /**
   * The last who came goes first: modules before the rooms they stand on. Before them all go those
   * who would otherwise take away what the others tell of it.
   *
   * @yields who has erased, and how many of what.
   */
  async *erasures(
    person: ErasedSubject,
  ): AsyncGenerator<{ readonly name: string; readonly erased: ErasedData['erased'] }> {
    const late = [...this.#owners.keys()].filter((name) => !this.#early.has(name))
    for (const name of [...this.#early, ...late.toReversed()]) {
      const owner = this.#owners.get(name)
      if (!owner) continue
      const { erased } = await owner.erase(person)
      yield { name, erased }
    }
  }
}
