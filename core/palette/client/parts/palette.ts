import { type Asked, asked, isPlaceMeant } from './asked.ts'
import { type Found, Results } from './results.ts'
import { Rows } from './rows.ts'

const PAUSE_MS = 120
const PAGE = '/palette'

/** The page of places as a dialog over any other page. Without it the glass is a link. */
export class Palette {
  readonly #over = document.createElement('dialog')
  #rows: Rows | undefined
  #results: Results | undefined
  #input: HTMLInputElement | undefined
  #timer = 0
  #question = 0

  constructor() {
    this.#over.className = 'palette-over'
    this.#over.addEventListener('click', ({ target }) => {
      if (target === this.#over) this.#over.close()
    })
  }

  toggle(): void {
    if (this.#over.open) this.#over.close()
    else this.open('/search')
  }

  /** @param instead where to go when the palette cannot be had. */
  open(instead: string): void {
    void this.#open(instead)
  }

  async #open(instead: string): Promise<void> {
    if (!this.#input && !(await this.#fetch())) {
      location.assign(instead)
      return
    }
    if (this.#over.open || !this.#input) return
    this.#input.value = ''
    this.#show()
    this.#over.showModal()
    this.#input.focus()
  }

  async #fetch(): Promise<boolean> {
    const answer = await fetch(PAGE).catch(() => undefined)
    if (!answer?.ok) return false
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const palette = page.querySelector<HTMLElement>('#palette')
    const [input, list] = [palette?.querySelector('input'), palette?.querySelector('.palette-list')]
    if (!palette || !input || !(list instanceof HTMLElement)) return false
    this.#dress(palette, input, list)
    return true
  }

  #dress(palette: HTMLElement, input: HTMLInputElement, list: HTMLElement): void {
    this.#over.setAttribute('aria-label', palette.querySelector('h1')?.textContent ?? '')
    palette.querySelector('h1')?.remove()
    /* On the page of places itself the same id stands there already. */
    palette.removeAttribute('id')
    this.#over.replaceChildren(document.adoptNode(palette))
    document.body.append(this.#over)
    this.#results = new Results(list, palette.dataset)
    this.#rows = new Rows(input, list)
    this.#input = input
    input.addEventListener('input', () => this.#show())
    input.addEventListener('keydown', (event) => this.#onKey(event))
    palette.querySelector('.palette-close')?.addEventListener('click', () => this.#over.close())
    input.form?.addEventListener('submit', (event) => event.preventDefault())
  }

  #onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) this.#rows?.move(step)
    else if (event.key === 'Enter' && !event.isComposing) this.#rows?.go(event)
    else return
    event.preventDefault()
  }

  /** Places at once, from what is here; what the station knows a moment later. */
  #show(): void {
    const question = asked(this.#input?.value ?? '')
    this.#results?.clear(question)
    this.#rows?.filter((name) => question.kind !== 'people' && isPlaceMeant(name, question.text))
    clearTimeout(this.#timer)
    const number = ++this.#question
    if (question.kind === 'places' || question.text === '' || !this.#results?.canSearch) return
    this.#timer = window.setTimeout(() => void this.#find(question, number), PAUSE_MS)
  }

  async #find({ text, kind }: Asked, number: number): Promise<void> {
    const found = await find(text, kind === 'people')
    if (number !== this.#question) return
    this.#results?.show(found)
    this.#rows?.renew()
  }
}

async function find(q: string, isPeople: boolean): Promise<readonly Found[]> {
  const query = new URLSearchParams({ q, limit: '8', ...(isPeople ? { type: 'users' } : {}) })
  const answer = await fetch(`/api/v1/search?${query.toString()}`).catch(() => undefined)
  if (!answer?.ok) return []
  return ((await answer.json()) as { readonly items: readonly Found[] }).items
}
