import type { Desk } from './desk.ts'

const HOME = '/chats'

/** The open chat stands in the address, and the back button leads to the list. */
export class Address {
  readonly #desk: Desk
  #shown: string | undefined

  constructor(desk: Desk) {
    this.#desk = desk
    this.#shown = desk.chat
    desk.watch(() => this.#follow())
    addEventListener('popstate', () => this.#wentBack())
  }

  #follow(): void {
    const { chat } = this.#desk
    if (chat === this.#shown) return
    const was = this.#shown
    this.#shown = chat
    const path = chat === undefined ? HOME : `${HOME}/${chat}`
    if (location.pathname === path) return
    /* From chat to chat the list stays one step behind, as on a phone. */
    if (was === undefined) history.pushState(null, '', path)
    else history.replaceState(null, '', path)
  }

  #wentBack(): void {
    /* What lies over the pane goes first. */
    const chat = chatIn(location.pathname)
    this.#shown = chat
    this.#desk.show(chat)
  }
}

export function chatIn(path: string): string | undefined {
  const [, id] = /^\/chats\/([^/@]+)$/.exec(path) ?? []
  return id === undefined ? undefined : decodeURIComponent(id)
}
