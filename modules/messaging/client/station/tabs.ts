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
  #isLeader = false

  constructor(userId: string, hear: (word: TabWord) => void) {
    this.#name = `quark-chats-${userId}`
    this.#channel = new BroadcastChannel(this.#name)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<TabWord>) => hear(data))
  }

  get isLeader(): boolean {
    return this.#isLeader
  }

  say(word: TabWord): void {
    this.#channel.postMessage(word)
  }

  /** Waits for its turn; the lock goes with the tab. */
  lead(begin: () => void): void {
    const start = (): Promise<never> => {
      this.#isLeader = true
      begin()
      return new Promise(() => undefined)
    }
    if (!('locks' in navigator)) {
      void start()
      return
    }
    void navigator.locks.request(this.#name, start).catch(() => undefined)
  }
}
