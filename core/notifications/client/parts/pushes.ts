import { closeRead } from './close-read.ts'

/** What the station pushes: the form of Declarative Web Push. */
export interface Pushed {
  readonly notification: {
    readonly title: string
    readonly body: string
    readonly navigate: string
    readonly tag: string
    readonly lang: string
    readonly app_badge: string
    /** Of what has a page of its own that tells it while it is open; raised by whatever is newer. */
    readonly data?: { readonly seq: number }
  }
}

/** What a notification on the screen keeps. */
export interface Shown {
  readonly url: string
  readonly seq?: number | undefined
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
}

/**
 * One notification for all tabs: a newer one replaces it, and so does the same one without a sound.
 * Nothing is shown over a page that somebody looks at and that has told them itself.
 */
export async function showPushed(pushed: Pushed | undefined): Promise<void> {
  if (!pushed) return
  const { title, body, navigate, tag, lang, app_badge: unread, data } = pushed.notification
  const tabs = await self.clients.matchAll({ type: 'window' })
  const kept: Shown = { url: navigate, seq: data?.seq }
  const isTold = data !== undefined && tabs.some((tab) => tab.focused && isBeside(tab, navigate))
  if (!isTold) {
    const silent = await isShown(tag, data?.seq)
    /* Browsers know it, the types do not yet. */
    const renotify = { renotify: data !== undefined && !silent }
    await self.registration.showNotification(title, {
      body,
      tag,
      lang,
      silent,
      data: kept,
      ...renotify,
    })
  }
  await navigator.setAppBadge?.(Number(unread))
  /* Not before: whoever asks for what is shown while it is being shown may lose it. */
  for (const tab of tabs) tab.postMessage({ type: 'notification' })
  const standing = await closeRead(self.registration)
  /* A push knows what it is about; the icon counts all that waits. */
  if (standing) await navigator.setAppBadge?.(standing.badge)
}

async function isShown(tag: string, seq: number | undefined): Promise<boolean> {
  if (seq === undefined) return false
  const [shown] = await self.registration.getNotifications({ tag })
  return shown !== undefined && ((shown.data as Shown).seq ?? -1) >= seq
}

/** A tab of the same part of the station: `/chats/…` */
function isBeside({ url }: WindowClient, address: string): boolean {
  return partOf(url) === partOf(address)
}

function partOf(address: string): string | undefined {
  return new URL(address).pathname.split('/')[1]
}

export async function openPushed({ url: address, seq }: Shown): Promise<void> {
  /* Only ever a page of this station, whatever the push said. */
  const { pathname, search } = new URL(address, self.location.origin)
  const { href: url } = Object.assign(new URL(self.location.origin), { pathname, search })
  const tabs = await self.clients.matchAll({ type: 'window' })
  const beside = seq === undefined ? undefined : tabs.find((tab) => isBeside(tab, url))
  if (beside) {
    /* It goes there itself, and keeps what is being written. */
    beside.postMessage({ type: 'open', path: pathname })
    await beside.focus()
    return
  }
  const [tab] = seq === undefined ? tabs : []
  if (!tab) {
    await self.clients.openWindow(url)
    return
  }
  await tab.navigate(url)
  await tab.focus()
}
