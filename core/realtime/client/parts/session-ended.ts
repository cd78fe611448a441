const BOOTSTRAP = '/api/v1/rt/bootstrap'
/** A form may lead nowhere, such as to a file. */
const LEAVING_MS = 5_000

/** Covers the page while its session is over. */
export class SessionEnded {
  readonly #template = document.querySelector<HTMLTemplateElement>('#session-ended')
  #cover: HTMLDialogElement | null = null
  #isLeaving = false

  constructor() {
    /* Who signs out here goes elsewhere at once. */
    document.addEventListener('submit', (event) => {
      /* What a script sends leads nowhere. */
      if (event.defaultPrevented) return
      this.#isLeaving = true
      setTimeout(() => (this.#isLeaving = false), LEAVING_MS)
    })
    addEventListener('pageshow', () => (this.#isLeaving = false))
  }

  get isOver(): boolean {
    return this.#cover !== null
  }

  /** Whose page this is. */
  get userId(): string | undefined {
    return this.#template?.dataset['user']
  }

  /** Where their log stood before this page was made, if that is known. */
  get pts(): number | undefined {
    const pts = this.#template?.dataset['pts']
    return pts === undefined ? undefined : Number(pts)
  }

  /**
   * Asks the station, and covers or shows the page. Another person's page is loaded anew.
   *
   * @returns whether the session is alive.
   */
  async look(): Promise<boolean> {
    if (this.#isLeaving) return false
    const answer = await fetch(BOOTSTRAP).catch(() => undefined)
    if (answer?.status === 401) this.#hide()
    if (!answer?.ok) return false
    const { user } = (await answer.json()) as { user: string }
    if (user === this.userId) {
      this.#show()
      return true
    }
    this.#hide()
    /* Not a reload, after which a browser fills in what the other had typed. */
    location.replace(location.pathname + location.search)
    return true
  }

  #hide(): void {
    if (this.#cover || !this.#template) return
    const copy = document.importNode(this.#template.content, true)
    this.#cover = copy.querySelector('dialog')
    this.#cover?.addEventListener('cancel', (event) => event.preventDefault())
    document.body.append(copy)
    this.#cover?.showModal()
  }

  #show(): void {
    this.#cover?.close()
    this.#cover?.remove()
    this.#cover = null
  }
}
