import type { Desk } from './desk.ts'

const HOME = '/chats'

/** The open chat stands in the address, and the back button leads to the list. */
export class Address {
  readonly #desk: Desk
  #shown: string | undefined
  /** A step of its own, so that going back closes the viewer and nothing else. */
  #hasViewer = false
  /** That step is being taken back from here: nobody pressed anything. */
  #isReturning = false

  constructor(desk: Desk) {
    this.#desk = desk
    this.#shown = desk.chat
    /* Who asks to come in stands in the details. */
    if (new URLSearchParams(location.search).has('requests')) desk.showDetails(true)
    desk.watch(() => this.#follow())
    addEventListener('popstate', () => this.#wentBack())
  }

  #follow(): void {
    const { chat } = this.#desk
    if (chat === this.#shown) return this.#followViewer()
    this.#hasViewer = false
    const was = this.#shown
    this.#shown = chat
    const path = chat === undefined ? HOME : `${HOME}/${chat}`
    if (location.pathname === path) return
    /* From chat to chat the list stays one step behind, as on a phone. */
    if (was === undefined) history.pushState(null, '', path)
    else history.replaceState(null, '', path)
  }

  #followViewer(): void {
    const hasViewer = this.#desk.over?.kind === 'viewer'
    if (hasViewer === this.#hasViewer) return
    this.#hasViewer = hasViewer
    this.#isReturning = !hasViewer
    if (hasViewer) history.pushState(null, '', location.href)
    else history.back()
  }

  #wentBack(): void {
    const isReturning = this.#isReturning
    this.#isReturning = false
    if (isReturning) return
    if (this.#hasViewer) {
      this.#hasViewer = false
      return this.#desk.open(undefined)
    }
    const chat = chatIn(location.pathname)
    this.#shown = chat
    this.#desk.show(chat)
  }
}

export function chatIn(path: string): string | undefined {
  const [, id] = /^\/chats\/([^/@]+)$/.exec(path) ?? []
  return id === undefined ? undefined : decodeURIComponent(id)
}
