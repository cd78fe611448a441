import {
  openPushed,
  type Pushed,
  showPushed,
  type Shown,
} from '../../notifications/client/parts/pushes.ts'
import { OfflineKit, type Route } from './parts/offline-kit.ts'

interface LateEvent extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Install extends LateEvent {
  /** Not every browser has it; those without ask this program about each file. */
  addRoutes?(routes: readonly Route[]): Promise<void>
}
interface Push extends LateEvent {
  readonly data: { json(): Pushed } | null
}
interface Press extends LateEvent {
  readonly notification: Notification
}
interface Said extends LateEvent {
  readonly data: unknown
}
interface Fetch extends LateEvent {
  readonly request: Request
  readonly preloadResponse: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}

/* The types of workers and of pages cannot stand in one program. */
declare const self: {
  readonly registration: ServiceWorkerRegistration
  readonly location: Location
  /** Written before this program by the station. */
  readonly offlineKit: { readonly name: string; readonly files: readonly string[] }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install', listener: (event: Install) => void): void
  addEventListener(type: 'activate', listener: (event: LateEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetch) => void): void
  addEventListener(type: 'message', listener: (event: Said) => void): void
  addEventListener(type: 'push', listener: (event: Push) => void): void
  addEventListener(type: 'notificationclick', listener: (event: Press) => void): void
}

const kit = new OfflineKit(self.offlineKit)

self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([kit.fetch(), event.addRoutes?.(kit.routes), self.skipWaiting()]))
})
self.addEventListener('activate', (event) => {
  /* The page is asked for while this program starts. */
  event.waitUntil(Promise.all([kit.dropOlder(), self.registration.navigationPreload?.enable()]))
})
self.addEventListener('message', (event) => {
  const { type, language } = Object(event.data) as { type?: string; language?: string }
  if (type === 'language' && language !== undefined) event.waitUntil(kit.speak(language))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(kit.page(request, event.preloadResponse))
  /* Their names change with their content; nothing else is ever kept. */
  else if (pathname.startsWith('/assets/')) event.respondWith(kit.asset(request))
})
self.addEventListener('push', (event) => event.waitUntil(showPushed(event.data?.json())))
self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPushed(event.notification.data as Shown))
})
