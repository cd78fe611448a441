import { Actions } from './actions.ts'
import { asked, isPlaceMeant, TYPES } from './asked.ts'
import { Ghost } from './ghost.ts'
import { type Found, Results } from './results.ts'
import { type Deed, deedOf } from './keys.ts'
import { PAUSE_MS } from './pause.ts'
import { whoIsHere } from './presence.ts'
import { nameIn } from './row.ts'
import { Rows } from './rows.ts'

const PAGE = '/palette'

interface Parts {
  readonly input: HTMLInputElement
  readonly ghost: Ghost
  readonly rows: Rows
  readonly results: Results
  readonly actions: Actions
}

/** The page of places as a dialog over any other page. Without it the glass is a link. */
export class Palette {
  readonly #over = document.createElement('dialog')
  #parts: Parts | undefined
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
    this.#parts ??= await this.#fetch()
    if (!this.#parts) {
      location.assign(instead)
      return
    }
    if (this.#over.open) return
    this.#parts.input.value = ''
    this.#show(this.#parts)
    this.#over.showModal()
    this.#parts.input.focus()
  }

  async #fetch(): Promise<Parts | undefined> {
    const answer = await fetch(PAGE).catch(() => undefined)
    if (!answer?.ok) return undefined
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const palette = page.querySelector<HTMLElement>('#palette')
    return palette ? this.#dress(palette) : undefined
  }

  #dress(palette: HTMLElement): Parts | undefined {
    const input = palette.querySelector('input')
    const list = palette.querySelector<HTMLElement>('.palette-list')
    const acts = palette.querySelector<HTMLElement>('.palette-actions')
    if (!input || !list || !acts) return undefined
    this.#over.setAttribute('aria-label', palette.querySelector('h1')?.textContent ?? '')
    palette.querySelector('h1')?.remove()
    /* On the page of places itself the same id stands there already. */
    palette.removeAttribute('id')
    this.#over.replaceChildren(document.adoptNode(palette))
    document.body.append(this.#over)
    const ghost = new Ghost(input)
    const parts: Parts = {
      input,
      ghost,
      rows: new Rows(input, list, (row) => {
        ghost.show(row && !row.matches('.palette-ask') && !actions.isOpen ? nameIn(row) : '')
      }),
      results: new Results(list, palette.dataset),
      actions: new Actions(list, acts, palette.querySelector('[role="status"]')),
    }
    const { actions } = parts
    input.addEventListener('input', () => this.#show(parts))
    input.addEventListener('keydown', (event) => this.#onKey(event, parts))
    palette.querySelector('.palette-close')?.addEventListener('click', () => this.#over.close())
    list.addEventListener('click', (event) => this.#onPress(event, parts))
    input.form?.addEventListener('submit', (event) => event.preventDefault())
    return parts
  }

  /** A finger has no Tab: a row ends in what opens its actions, and they begin with the way back. */
  #onPress(event: MouseEvent, { actions, rows, input }: Parts): void {
    const pressed = event.target instanceof Element ? event.target : null
    const row = pressed?.closest<HTMLAnchorElement>('.palette-row')
    const isBack = row?.dataset['act'] === 'back'
    if (!row || !(isBack || pressed?.closest('.palette-more'))) return
    event.preventDefault()
    if (!isBack) actions.open(row)
    rows.renew(isBack ? actions.close() : undefined)
    input.focus()
  }

  #onKey(event: KeyboardEvent, parts: Parts): void {
    const deed = event.isComposing ? undefined : deedOf(event)
    if (deed && does(deed, parts)) event.preventDefault()
  }

  /** Places at once, from what is here; what the station knows a moment later. */
  #show(parts: Parts): void {
    const { input, actions, results, rows } = parts
    actions.close()
    const question = asked(input.value)
    const { kind, text } = question
    const isForPlaces = kind === 'all' || kind === 'places' || text === ''
    results.clear(question)
    rows.filter((name) => isForPlaces && isPlaceMeant(name, text))
    clearTimeout(this.#timer)
    const number = ++this.#question
    if (kind === 'places' || text === '' || !results.canSearch) return
    const ask = async (): Promise<void> => {
      const found = await find(text, TYPES[kind])
      if (number !== this.#question || actions.isOpen) return
      results.show(found, !rows.hasPlace)
      rows.renew()
      if (parts.results.inMessages === undefined) return
      const here = await whoIsHere(found)
      if (number === this.#question) results.markHere((id) => here.has(id))
    }
    this.#timer = window.setTimeout(() => void ask(), PAUSE_MS)
  }
}

/** @returns false where there is nothing to do, and the key means what it always means. */
function does(deed: Deed, { rows, results, actions, ghost }: Parts): boolean {
  switch (deed) {
    case 'next':
    case 'previous':
      rows.move(deed === 'next' ? 1 : -1)
      return true
    case 'go-to-messages':
      if (results.inMessages !== undefined) location.assign(results.inMessages)
      return results.inMessages !== undefined
    case 'go':
      rows.go()
      return true
    case 'complete':
      return ghost.take()
    case 'turn':
      return turn(actions, rows)
    case 'back':
      return actions.isOpen && turn(actions, rows)
  }
}

/** What can be done with the chosen row, or the rows again. */
function turn(actions: Actions, rows: Rows): boolean {
  const { chosen } = rows
  if (!chosen) return false
  if (actions.isOpen) rows.renew(actions.close())
  else {
    actions.open(chosen)
    rows.renew()
  }
  return true
}

async function find(q: string, type: string): Promise<readonly Found[]> {
  const query = new URLSearchParams({ q, limit: '8', type })
  const answer = await fetch(`/api/v1/search?${query.toString()}`).catch(() => undefined)
  if (!answer?.ok) return []
  return ((await answer.json()) as { readonly items: readonly Found[] }).items
}
