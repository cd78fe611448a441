import { keepsPush, subscribeToPush, unsubscribeFromPush } from '#client'
import { closeRead } from './close-read.ts'

type PushState = 'on' | 'off' | 'denied' | 'absent' | 'failed'

/** The part of the settings that lets the station wake this browser. Asks only when pressed. */
export class PushSwitch {
  readonly #card: HTMLElement

  constructor(card: HTMLElement) {
    this.#card = card
    this.#button('allow')?.addEventListener('click', () => void this.#try(() => this.#allow()))
    this.#button('end')?.addEventListener('click', () => void this.#try(() => this.#end()))
  }

  async show(): Promise<void> {
    await this.#try(async () => undefined)
  }

  async #try(change: () => Promise<void>): Promise<void> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window)) {
      this.#say('absent')
      return
    }
    try {
      await change()
      this.#say(await this.#state())
    } catch {
      this.#say(Notification.permission === 'denied' ? 'denied' : 'failed')
    }
  }

  async #state(): Promise<PushState> {
    if (Notification.permission === 'denied') return 'denied'
    const registration = await navigator.serviceWorker.getRegistration('/')
    return registration && (await keepsPush(registration)) ? 'on' : 'off'
  }

  async #allow(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') return
    await subscribeToPush()
  }

  async #end(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const subscription = await registration?.pushManager.getSubscription()
    if (!subscription) return
    await unsubscribeFromPush(subscription)
    if (registration) await closeRead(registration)
  }

  #say(state: PushState): void {
    const words = this.#card.querySelector('[data-push-state]')
    if (words) words.textContent = this.#card.dataset[state] ?? ''
    const allow = this.#button('allow')
    const end = this.#button('end')
    if (allow) allow.hidden = state !== 'off' && state !== 'failed'
    if (end) end.hidden = state !== 'on'
  }

  #button(name: 'allow' | 'end'): HTMLButtonElement | null {
    return this.#card.querySelector(`[data-push-${name}]`)
  }
}
