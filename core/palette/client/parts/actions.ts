import { nameIn } from './row.ts'

/** What can be done with a row, in the place of the list. */
export class Actions {
  readonly #list: HTMLElement
  readonly #group: HTMLElement
  readonly #title: string
  readonly #status: Element | null
  #before: { readonly row: HTMLAnchorElement; readonly list: readonly Element[] } | undefined

  /** @param group as the page of places brings it: a head with `%`, and rows with `data-act`. */
  constructor(list: HTMLElement, group: HTMLElement, status: Element | null) {
    this.#list = list
    this.#group = group
    this.#status = status
    this.#title = group.querySelector('h2')?.textContent ?? ''
    group.remove()
    const copy = group.querySelector<HTMLAnchorElement>('[data-act="copy"]')
    copy?.addEventListener('click', (event) => {
      event.preventDefault()
      void this.#copy(copy)
    })
  }

  get isOpen(): boolean {
    return this.#before !== undefined
  }

  /** A row says in `data-write` and `data-edit` what else can be done. */
  open(row: HTMLAnchorElement): void {
    this.#before = { row, list: [...this.#list.children] }
    for (const each of this.#group.querySelectorAll<HTMLAnchorElement>('.palette-row')) {
      const { act = '' } = each.dataset
      const place = act === 'write' || act === 'edit' ? row.dataset[act] : row.href
      each.hidden = place === undefined
      if (place !== undefined) each.href = place
    }
    this.#group.querySelector('h2')?.replaceChildren(this.#title.replace('%', () => nameIn(row)))
    this.#list.replaceChildren(this.#group)
  }

  /** The list as it was. @returns the row the actions were for. */
  close(): HTMLAnchorElement | undefined {
    const { row, list } = this.#before ?? {}
    if (list) this.#list.replaceChildren(...list)
    this.#before = undefined
    this.#status?.replaceChildren()
    return row
  }

  async #copy({ href, dataset }: HTMLAnchorElement): Promise<void> {
    await navigator.clipboard.writeText(href)
    this.#status?.replaceChildren(dataset['done'] ?? '')
  }
}
