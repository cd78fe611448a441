import { ownPage } from '../../../client/own-page.ts'
import { Swipe } from './swipe.ts'

const PANEL = '#notifications-panel'
/** What answers later than that holds up no one. */
const PATIENCE_MS = 10_000

/**
 * The list of notifications as a script keeps it, on its page and over another: forms are sent
 * without leaving, and a finger that swipes a line reads it.
 */
export class NoteList {
  readonly #root: HTMLElement
  readonly #changed: () => void
  /** Where the list that is shown comes from. */
  #at: string
  #swiped: { readonly line: HTMLElement; readonly swipe: Swipe } | undefined
  /** What waits until no finger is on a line. */
  readonly #waiting: (() => void)[] = []
  #filling: Promise<unknown> = Promise.resolve()
  /** Something has changed that is not shown yet. */
  #isStale = false

  /**
   * @param root what holds the list. @param changed hears when it shows something else.
   * @param at where the list comes from that stands there already.
   */
  constructor(root: HTMLElement, changed: () => void, at = '/notifications') {
    this.#root = root
    this.#changed = changed
    this.#at = at
  }

  /** Begins to listen. */
  bind(): this {
    const root = this.#root
    root.addEventListener('submit', (event) => void this.#onSubmit(event))
    root.addEventListener('toggle', () => this.#isStale && void this.refresh(), { capture: true })
    root.addEventListener('pointerdown', (event) => this.#down(event))
    root.addEventListener('pointermove', (event) => this.#move(event))
    root.addEventListener('pointerup', () => this.#up())
    root.addEventListener('pointercancel', () => this.#let())
    root.addEventListener('dragstart', (event) => this.#swiped && event.preventDefault())
    return this
  }

  /**
   * Puts the list of an address in place of what is shown. One after the other: an answer never
   * covers what has been done since. @returns false when there is none.
   */
  fill(href: string, request?: RequestInit): Promise<boolean> {
    const filling = this.#filling.then(() => this.#fill(href, request))
    this.#filling = filling.catch(() => undefined)
    return filling
  }

  async #fill(href: string, request?: RequestInit): Promise<boolean> {
    this.#isStale = false
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const answer = await fetch(href, { signal, headers: ownPage(), ...request }).catch(
      () => undefined,
    )
    if (!answer?.ok) return false
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const panel = page.querySelector<HTMLElement>(PANEL)
    if (!panel) return false
    if (this.#swiped) await new Promise<void>((letGo) => this.#waiting.push(letGo))
    const { pathname, searchParams } = new URL(answer.url)
    const filter = searchParams.get('filter')
    this.#at = filter === null ? pathname : `${pathname}?filter=${filter}`
    /* What can be taken back can be until the next thing is done. */
    if (!request) this.#moveUndo(panel)
    this.#show(document.adoptNode(panel))
    return true
  }

  #moveUndo(panel: HTMLElement): void {
    const undo = this.#root.querySelector('.undo-toast')
    if (undo?.checkVisibility({ visibilityProperty: true })) panel.append(undo)
  }

  /** In place of what is shown, with the focus where it was, and what was opened meanwhile open. */
  #show(panel: HTMLElement): void {
    panel.querySelector('h1')?.setAttribute('tabindex', '-1')
    const shown = this.#root.querySelector('.notes')
    /* Over another page the id could stand there twice. */
    if (shown?.id !== panel.id) panel.removeAttribute('id')
    const place = this.#noteOf(document.activeElement)
    const open = this.#noteOf(this.#openMenu())
    if (shown) shown.replaceWith(panel)
    else this.#root.append(panel)
    if (place !== undefined) this.#focus(place)
    const line = open === undefined ? undefined : this.#line(open)
    line?.querySelector<HTMLElement>('.note-menu')?.showPopover()
  }

  /** Not while one of its menus is open, where something is about to be chosen: then once it is closed. */
  async refresh(): Promise<void> {
    this.#isStale = this.#openMenu() !== null
    if (!this.#isStale) await this.fill(this.#at)
  }

  async #onSubmit(event: SubmitEvent): Promise<void> {
    if (!(event.target instanceof HTMLFormElement)) return
    const { action } = event.target
    event.preventDefault()
    this.#leaveMenu()
    const body = new URLSearchParams()
    for (const [name, value] of new FormData(event.target)) {
      if (typeof value === 'string') body.append(name, value)
    }
    if (!(await this.fill(action, { method: 'POST', body }))) location.assign('/notifications')
    this.#changed()
  }

  #openMenu(): HTMLElement | null {
    return this.#root.querySelector<HTMLElement>('.note-menu:popover-open')
  }

  /** The focus goes back to where it was opened: what is in the menu may not be there any more. */
  #leaveMenu(): void {
    const menu = this.#openMenu()
    menu?.hidePopover()
    if (menu) this.#focus(this.#noteOf(menu) ?? '')
  }

  /** The line in which something is; '' for the rest of the list. */
  #noteOf(element: Element | null): string | undefined {
    if (!element || !this.#root.contains(element)) return undefined
    return element.closest<HTMLElement>('[data-note]')?.dataset['note'] ?? ''
  }

  #line(note: string): HTMLElement | undefined {
    const lines = this.#root.querySelectorAll<HTMLElement>('[data-note]')
    return [...lines].find(({ dataset }) => dataset['note'] === note)
  }

  #focus(note: string): void {
    const place = this.#line(note)?.querySelector<HTMLElement>('.note-more')
    const heading = this.#root.querySelector<HTMLElement>('h1')
    ;(place ?? heading)?.focus({ preventScroll: place !== null })
  }

  #down({ pointerType, target, clientX, clientY, isPrimary }: PointerEvent): void {
    if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return
    const line = target.closest<HTMLElement>('.note')
    if (!line || target.closest('.note-acts')) return
    this.#swiped = { line, swipe: new Swipe(clientX, clientY) }
  }

  #move({ clientX, clientY }: PointerEvent): void {
    if (!this.#swiped) return
    const { line, swipe } = this.#swiped
    const offset = swipe.move(clientX, clientY)
    if (offset === undefined) return
    line.classList.add('note-swiped')
    line.style.setProperty('--swipe', `${offset}px`)
    line.toggleAttribute('data-far', swipe.isFar)
  }

  #up(): void {
    const { line, swipe } = this.#swiped ?? {}
    this.#let()
    if (!line || !swipe?.isSwipe) return
    /* The finger has moved the line, not pressed it. */
    line.addEventListener('click', prevent, { once: true, capture: true })
    setTimeout(() => line.removeEventListener('click', prevent, { capture: true }))
    if (swipe.isFar) line.querySelector<HTMLFormElement>('[data-note-reading]')?.requestSubmit()
  }

  #let(): void {
    const { line } = this.#swiped ?? {}
    line?.classList.remove('note-swiped')
    line?.style.removeProperty('--swipe')
    this.#swiped = undefined
    for (const letGo of this.#waiting.splice(0)) letGo()
  }
}

function prevent(event: Event): void {
  event.preventDefault()
}
