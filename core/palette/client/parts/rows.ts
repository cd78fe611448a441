let ids = 0

/** Rows of the list as options of a combobox: one is chosen, the keys stay in the field. */
export class Rows {
  readonly #input: HTMLInputElement
  readonly #list: HTMLElement
  readonly #onChosen: (row: HTMLAnchorElement | undefined) => void
  #chosen: HTMLAnchorElement | undefined

  /** @param onChosen hears of each row that is chosen, and of none. */
  constructor(
    input: HTMLInputElement,
    list: HTMLElement,
    onChosen: (row: HTMLAnchorElement | undefined) => void,
  ) {
    this.#input = input
    this.#list = list
    this.#onChosen = onChosen
    list.id = `palette-list-${++ids}`
    list.setAttribute('role', 'listbox')
    list.setAttribute('aria-label', input.getAttribute('aria-label') ?? '')
    for (const [name, value] of Object.entries({
      role: 'combobox',
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      'aria-controls': list.id,
    })) {
      input.setAttribute(name, value)
    }
    list.addEventListener('pointermove', ({ target }) => {
      const row = target instanceof Element ? target.closest('a') : null
      if (row && row !== this.#chosen) this.#choose(row)
    })
  }

  get chosen(): HTMLAnchorElement | undefined {
    return this.#chosen
  }

  /** Whether a place is among the rows that are shown. */
  get hasPlace(): boolean {
    return this.#shown().some((row) => !row.closest('.palette-found'))
  }

  /** Hides places that are not meant, and groups without any. */
  filter(isMeant: (name: string) => boolean): void {
    for (const row of this.#list.querySelectorAll<HTMLAnchorElement>('.palette-row')) {
      row.hidden = !row.closest('.palette-found') && !isMeant(row.textContent)
    }
    this.renew()
  }

  /** After rows have come or gone: this one is chosen, or the first. */
  renew(chosen?: HTMLAnchorElement): void {
    for (const group of this.#list.children) {
      const head = group.querySelector('h2')
      const rows = group.querySelectorAll<HTMLAnchorElement>('.palette-row')
      group.setAttribute('role', 'group')
      if (head) {
        head.id ||= `palette-head-${++ids}`
        head.setAttribute('role', 'presentation')
        group.setAttribute('aria-labelledby', head.id)
      }
      for (const row of rows) {
        row.id ||= `palette-row-${++ids}`
        row.setAttribute('role', 'option')
        row.setAttribute('aria-selected', 'false')
        row.tabIndex = -1
      }
      if (group instanceof HTMLElement) group.hidden = [...rows].every((row) => row.hidden)
    }
    this.#choose(chosen ?? this.#shown()[0])
    this.#list.scrollTop = 0
    chosen?.scrollIntoView({ block: 'nearest' })
  }

  move(step: number): void {
    const shown = this.#shown()
    const at = this.#chosen ? shown.indexOf(this.#chosen) : -1
    this.#choose(shown[(at + step + shown.length) % shown.length])
    this.#chosen?.scrollIntoView({ block: 'nearest' })
  }

  /** Opens the chosen row. */
  go(): void {
    this.#chosen?.click()
  }

  #choose(row: HTMLAnchorElement | undefined): void {
    this.#chosen?.setAttribute('aria-selected', 'false')
    this.#chosen = row
    row?.setAttribute('aria-selected', 'true')
    if (row) this.#input.setAttribute('aria-activedescendant', row.id)
    else this.#input.removeAttribute('aria-activedescendant')
    this.#onChosen(row)
  }

  #shown(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>('.palette-row')].filter(
      (row) => !row.hidden,
    )
  }
}
