import { subscribeToPush } from '#client'
import { Watched } from '../store/watched.ts'

const KEY = 'quark-asked-of-news'
const AGAIN_MS = 30 * 24 * 3_600_000

/** What this browser allows and remembers; tests bring their own. */
export interface NewsWorld {
  permission(): NotificationPermission | undefined
  ask(): Promise<NotificationPermission>
  /** So that they come while no page is open as well; where that fails, open pages still show them. */
  subscribe(): void
  now(): number
  remembered(): string | null
  remember(value: string): void
}

/**
 * When to ask whether new messages may be shown outside the page: not before there has been one,
 * and for a month not again. The browser itself is asked only when somebody has pressed a button.
 */
export class NewsQuestion extends Watched {
  readonly #world: NewsWorld
  #isOpen = false

  constructor(world: NewsWorld) {
    super()
    this.#world = world
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Somebody has written: now one can tell what the question is about. */
  heard(): void {
    const isDecided = this.#world.permission() !== 'default'
    /* Perhaps in another tab. */
    if (isDecided && this.#isOpen) this.#show(false)
    if (isDecided || this.#isOpen) return
    const askedMs = Number(this.#world.remembered() ?? 0)
    if (this.#world.now() - askedMs < AGAIN_MS) return
    this.#show(true)
  }

  async allow(): Promise<void> {
    const answer = await this.#world.ask()
    if (answer === 'granted') this.#world.subscribe()
    if (answer === 'default') this.later()
    else this.#show(false)
  }

  later(): void {
    this.#world.remember(String(this.#world.now()))
    this.#show(false)
  }

  #show(isOpen: boolean): void {
    this.#isOpen = isOpen
    this.changed()
  }
}

/** Undefined permission: this browser shows no notifications to pages. */
export const browserNews: NewsWorld = {
  permission: () => ('Notification' in window ? Notification.permission : undefined),
  ask: () => Notification.requestPermission(),
  subscribe: () => {
    if ('serviceWorker' in navigator) void subscribeToPush().catch(() => undefined)
  },
  now: () => Date.now(),
  remembered: () => {
    try {
      return localStorage.getItem(KEY)
    } catch {
      return null
    }
  },
  remember: (value) => {
    try {
      localStorage.setItem(KEY, value)
    } catch {
      /* Then it is asked again with the next page. */
    }
  },
}
