import { NoteList } from './list.ts'

const DESKTOP = '(width >= 700px)'

/** The page of notifications as a panel over any other page. Without it the bell is a link. */
export class Panel {
  readonly #over = document.createElement('div')
  readonly #list: NoteList
  readonly #onShown: () => void

  /** @param onShown hears when the list is on the screen, and when it shows something else. */
  constructor(onShown: () => void) {
    this.#onShown = onShown
    this.#over.className = 'notes-over'
    this.#over.popover = 'auto'
    this.#list = new NoteList(this.#over, onShown).bind()
    this.#over.addEventListener('click', (event) => this.#onClick(event))
  }

  /** Takes over presses of the bell in the rail, but not those that want another tab. */
  attach(bell: HTMLAnchorElement): void {
    document.body.append(this.#over)
    this.#over.addEventListener('toggle', () => {
      if (!this.isOpen && document.activeElement === document.body) bell.focus()
    })
    bell.addEventListener('click', (event) => {
      const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0
      if (!isPlain || !matchMedia(DESKTOP).matches) return
      event.preventDefault()
      void this.#open(bell.href)
    })
  }

  get isOpen(): boolean {
    return this.#over.matches(':popover-open')
  }

  /** Draws the list anew while it is looked at. */
  async refresh(): Promise<void> {
    if (this.isOpen) await this.#list.refresh()
  }

  async #open(href: string): Promise<void> {
    if (!(await this.#list.fill(href))) {
      location.assign(href)
      return
    }
    this.#over.showPopover()
    this.#over.querySelector<HTMLElement>('h1')?.focus()
    this.#onShown()
  }

  #onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link?.closest('.notes-filters') || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    void this.#list
      .fill(link.href)
      .then(() => this.#over.querySelector<HTMLElement>('.notes-filters [aria-current]')?.focus())
  }
}
