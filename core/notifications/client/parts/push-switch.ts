import { closeRead } from './close-read.ts'

type PushState = 'on' | 'off' | 'denied' | 'absent' | 'failed'

const SUBSCRIPTIONS = '/api/v1/push/subscriptions'

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
    return (await registration?.pushManager.getSubscription()) ? 'on' : 'off'
  }

  async #allow(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') return
    const registration = await navigator.serviceWorker.register('/sw.js')
    const { publicKey } = (await (await fetch('/api/v1/push/key')).json()) as { publicKey: string }
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: publicKey,
    })
    const answer = await sent('POST', subscription.toJSON())
    if (!answer.ok) {
      await subscription.unsubscribe()
      throw new Error('The station did not take the subscription')
    }
  }

  async #end(): Promise<void> {
    const registration = await navigator.serviceWorker.getRegistration('/')
    const subscription = await registration?.pushManager.getSubscription()
    if (!subscription) return
    await sent('DELETE', { endpoint: subscription.endpoint })
    await subscription.unsubscribe()
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

function sent(method: 'POST' | 'DELETE', body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  return fetch(SUBSCRIPTIONS, { method, headers, body: JSON.stringify(body) })
}
