const DESKTOP = '(width >= 700px)'
const PANEL = '#notifications-panel'

/** The page of notifications as a panel over any other page. Without it the bell is a link. */
export class Panel {
  readonly #over = document.createElement('div')
  readonly #onShown: () => void

  /** @param onShown hears when the list is on the screen. */
  constructor(onShown: () => void) {
    this.#onShown = onShown
    this.#over.className = 'notes-over'
    this.#over.popover = 'auto'
    this.#over.addEventListener('click', (event) => this.#onClick(event))
    this.#over.addEventListener('submit', (event) => void this.#onSubmit(event))
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
    if (this.isOpen) await this.#fill(this.#at)
  }

  #at = '/notifications'

  async #open(href: string): Promise<void> {
    if (!(await this.#fill(href))) {
      location.assign(href)
      return
    }
    this.#over.showPopover()
    this.#over.querySelector<HTMLElement>('h1')?.focus()
    this.#onShown()
  }

  async #fill(href: string, request?: RequestInit): Promise<boolean> {
    const answer = await fetch(href, request).catch(() => undefined)
    if (!answer?.ok) return false
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const panel = page.querySelector(PANEL)
    if (!panel) return false
    this.#at = new URL(answer.url).pathname + new URL(answer.url).search
    panel.querySelector('h1')?.setAttribute('tabindex', '-1')
    /* On the page of notifications itself the same id stands there already. */
    panel.removeAttribute('id')
    const wasInside = this.#over.contains(document.activeElement)
    this.#over.replaceChildren(document.adoptNode(panel))
    if (wasInside) this.#over.querySelector<HTMLElement>('h1')?.focus()
    return true
  }

  #onClick(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link?.closest('.notes-filters') || event.metaKey || event.ctrlKey) return
    event.preventDefault()
    void this.#fill(link.href).then(() =>
      this.#over.querySelector<HTMLElement>('.notes-filters [aria-current]')?.focus(),
    )
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    if (!(event.target instanceof HTMLFormElement)) return
    event.preventDefault()
    const { action } = event.target
    const answer = await fetch('/api/v1/notifications/read', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"all":true}',
    })
    if (!answer.ok) location.assign(action.replace('/read', ''))
    await this.#fill(this.#at)
    this.#over.querySelector<HTMLElement>('h1')?.focus()
    this.#onShown()
  }
}
