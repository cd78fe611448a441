import type { LinkState, Told } from '#client'

/** What the tabs of one account tell one another. */
export type TabWord =
  /** Applied and kept: the others change only what they show. */
  | { readonly t: 'told'; readonly events: readonly Told[] }
  | { readonly t: 'signal'; readonly e: Told }
  | { readonly t: 'link'; readonly state: LinkState }
  /** Everything was fetched afresh. */
  | { readonly t: 'restarted' }
  | { readonly t: 'outbox' }
  /** A tab has opened and asks how things stand. */
  | { readonly t: 'hello' }

/** Tabs of one browser choose one that holds the socket, and hear from it what happens. */
export class Tabs {
  readonly #name: string
  readonly #channel: BroadcastChannel
  readonly #hearing = new AbortController()
  #isLeader = false
  #letGo: (() => void) | undefined

  constructor(userId: string, hear: (word: TabWord) => void) {
    this.#name = `quark-chats-${userId}`
    this.#channel = new BroadcastChannel(this.#name)
    const heard = ({ data }: MessageEvent<TabWord>): void => hear(data)
    this.#channel.addEventListener('message', heard, { signal: this.#hearing.signal })
  }

  get isLeader(): boolean {
    return this.#isLeader
  }

  say(word: TabWord): void {
    this.#channel.postMessage(word)
  }

  /** Lets another tab have its turn, for good, and hears nothing more: the others may be newer pages. */
  resign(): void {
    this.#hearing.abort()
    this.#isLeader = false
    this.#letGo?.()
  }

  /** Waits for its turn; the lock goes with the tab. */
  lead(begin: () => void): void {
    const start = (): Promise<void> => {
      this.#isLeader = true
      begin()
      return new Promise((resolve) => (this.#letGo = resolve))
    }
    if (!('locks' in navigator)) {
      void start()
      return
    }
    void navigator.locks.request(this.#name, start).catch(() => undefined)
  }
}
