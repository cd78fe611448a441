import type { App, CountedColumn, Locale, Store } from '#core'

const OWN = ['role', 'status', 'stored', 'joined', 'seen'] as const

/** What an administrator has put away; whatever comes new is shown. */
type Put = { readonly away: readonly string[] }

/** While nobody has chosen. */
const AWAY_AT_FIRST: readonly string[] = ['joined']

/** The columns of the table of people beside the name, as somebody has chosen them. */
export interface PeopleColumns {
  readonly all: readonly {
    readonly name: string
    readonly label: string
    readonly isShown: boolean
  }[]
  /** What modules count, of those that are shown. */
  readonly counted: readonly CountedColumn[]
}

export function isShown({ all }: PeopleColumns, name: string): boolean {
  return all.some((column) => column.name === name && column.isShown)
}

/** Remembers for each administrator which columns they have put away. */
export class ColumnChoices {
  readonly #app: App
  readonly #put: Store<Put>

  constructor(app: App) {
    this.#app = app
    this.#put = app.store<Put>('columns')
  }

  /** @param counted what modules count; of nobody it still says which columns there are. */
  async of(
    userId: string,
    counted: readonly CountedColumn[],
    locale: Locale,
  ): Promise<PeopleColumns> {
    const away = await this.#away(userId)
    const t = this.#app.translator(locale)
    const own = OWN.map((name) => ({ name, label: t(`admin.people.${name}`) }))
    const others = counted.map(({ name, label }) => ({ name: nameOf(name), label: label[locale] }))
    const all = [...own.slice(0, 2), ...others, ...own.slice(2)]
    return {
      all: all.map((column) => ({ ...column, isShown: !away.includes(column.name) })),
      counted: counted.filter(({ name }) => !away.includes(nameOf(name))),
    }
  }

  /** Shows these from now on; of columns that are not there now the choice stays. */
  async choose(userId: string, shown: readonly string[]): Promise<void> {
    const counted = await this.#app.administration.people.counted([])
    const there = [...OWN, ...counted.map(({ name }) => nameOf(name))]
    const absent = (await this.#away(userId)).filter((name) => !there.includes(name))
    const away = [...absent, ...there.filter((name) => !shown.includes(name))]
    await this.#put.put(userId, { away })
  }

  async erase(userId: string): Promise<number> {
    if (!(await this.#put.get(userId))) return 0
    await this.#put.delete(userId)
    return 1
  }

  export(userId: string): Promise<Put | null> {
    return this.#put.get(userId)
  }

  async #away(userId: string): Promise<readonly string[]> {
    return (await this.export(userId))?.away ?? AWAY_AT_FIRST
  }
}

/** A module may count what an own column is called like. */
function nameOf(counted: string): string {
  return `counted.${counted}`
}
