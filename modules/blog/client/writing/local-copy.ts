/** What the fields of the writing page hold, by their names. */
export type FieldValues = Readonly<Record<string, string>>

/** Fields kept in this browser until the station has them. */
export type LocalCopy = {
  readonly values: FieldValues
  /** The revision they were written on; absent before the first save. */
  readonly rev?: number
  /** What the first save was, or would be, sent with; absent after it. */
  readonly key?: string
  /** Milliseconds since 1970. */
  readonly at: number
  /** The form was sent with them: a newer revision on the station is this text. */
  readonly isSent?: boolean
}

const PREFIX = 'quark.draft.'

/** Copies of unsaved texts, one per post, in the browser's own storage. */
export class LocalCopies {
  readonly #storage: Storage

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** False when the browser refuses: full, or closed to us. */
  keep(id: string | undefined, copy: LocalCopy): boolean {
    try {
      this.#storage.setItem(keyOf(id), JSON.stringify(copy))
      return true
    } catch {
      return false
    }
  }

  find(id: string | undefined): LocalCopy | undefined {
    try {
      const text = this.#storage.getItem(keyOf(id))
      return text === null ? undefined : (JSON.parse(text) as LocalCopy)
    } catch {
      return undefined
    }
  }

  forget(id: string | undefined): void {
    try {
      this.#storage.removeItem(keyOf(id))
    } catch {
      /* Storage that is closed to us holds nothing of ours. */
    }
  }
}

function keyOf(id: string | undefined): string {
  return PREFIX + (id ?? 'new')
}

/**
 * What to do with a copy found when the page opens. `restore`: it was written on what the page
 * shows. `offer`: the station went on without it. `drop`: it holds nothing new.
 */
export function fateOf(
  copy: LocalCopy,
  shown: FieldValues,
  rev: number | undefined,
): 'drop' | 'restore' | 'offer' {
  const isNew = Object.entries(copy.values).some(([name, value]) => shown[name] !== value)
  if (!isNew) return 'drop'
  if (copy.rev === rev) return 'restore'
  return copy.isSent === true ? 'drop' : 'offer'
}
