import { closeRead } from './parts/close-read.ts'

/** What the station pushes: the form of Declarative Web Push. */
interface Pushed {
  readonly notification: {
    readonly title: string
    readonly body: string
    readonly navigate: string
    readonly tag: string
    readonly lang: string
    readonly app_badge: string
  }
}

interface LateEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Push extends LateEvent {
  readonly data: { json(): Pushed } | null
}
interface Press extends LateEvent {
  readonly notification: Notification
}
interface WindowClient {
  readonly url: string
  readonly focused: boolean
  postMessage(message: unknown): void
  focus(): Promise<unknown>
  navigate(url: string): Promise<unknown>
}

/* The types of workers and of pages cannot stand in one program. */
declare const self: {
  readonly registration: ServiceWorkerRegistration
  readonly location: Location
  readonly clients: {
    matchAll(options: object): Promise<readonly WindowClient[]>
    openWindow(url: string): Promise<unknown>
  }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install', listener: (event: LateEvent) => void): void
  addEventListener(type: 'push', listener: (event: Push) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Press) => void): void
}

self.addEventListener('install', (event) => event.waitUntil(self.skipWaiting()))
self.addEventListener('push', (event) => event.waitUntil(show(event.data?.json())))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(open(String(event.notification.data)))
})

/** One notification for all tabs: a newer one about the same replaces it without a sound. */
async function show(pushed: Pushed | undefined): Promise<void> {
  if (!pushed) return
  const { title, body, navigate, tag, lang, app_badge: unread } = pushed.notification
  const tabs = await self.clients.matchAll({ type: 'window' })
  for (const tab of tabs) tab.postMessage({ type: 'notification' })
  await self.registration.showNotification(title, { body, tag, lang, data: navigate })
  await navigator.setAppBadge?.(Number(unread))
  await closeRead(self.registration)
}

async function open(address: string): Promise<void> {
  /* Only ever a page of this station, whatever the push said. */
  const { pathname, search } = new URL(address, self.location.origin)
  const url = self.location.origin + pathname + search
  const [tab] = await self.clients.matchAll({ type: 'window' })
  if (!tab) {
    await self.clients.openWindow(url)
    return
  }
  await tab.navigate(url)
  await tab.focus()
}
