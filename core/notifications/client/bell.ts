import { keepsPush } from '../../client/push.ts'
import { onShellNews } from '../../client/shell-news.ts'
import { Badge } from './parts/badge.ts'
import { closeRead } from './parts/close-read.ts'
import { NoteList } from './parts/list.ts'
import { Panel } from './parts/panel.ts'
import { PushSwitch } from './parts/push-switch.ts'

/** Keeps the bell of the shell true; on every page of somebody who is signed in. */
const badge = new Badge(document)
const panel = new Panel(() => void look())
const bell = document.querySelector<HTMLAnchorElement>('.rail a[href="/notifications"]')
const page = document.querySelector<HTMLElement>('main:has(#notifications-panel)')

const list =
  page && new NoteList(page, () => void look(), location.pathname + location.search).bind()

if (!list && bell) panel.attach(bell)

const card = document.querySelector<HTMLElement>('[data-push]')
if (card) void new PushSwitch(card).show()

void installApp()

/* Whoever comes back to a tab sees what has happened meanwhile, also where no socket is open. */
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void look()
})
navigator.serviceWorker?.addEventListener('message', () => void look())
/* Where a page holds a socket, it passes on what it hears. */
onShellNews(() => void look(true))
if (badge.count === 0) void tidy()

/** The station as an app of this browser, which speaks as this page does. */
async function installApp(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage({ type: 'language', language: document.documentElement.lang })
    if (!card && window.Notification?.permission === 'granted') await keepsPush(registration)
  } catch {
    /* A browser may forbid it; then the station is a site like any other. */
  }
}

/** @param isNews a line has changed, perhaps without another number. */
async function look(isNews = false): Promise<void> {
  const answer = await fetch('/api/v1/notifications?limit=1').catch(() => undefined)
  if (!answer?.ok) return
  const { unread } = (await answer.json()) as { unread: number }
  const isMore = unread > badge.count
  badge.show(unread, document)
  if (isNews || isMore) await (list ?? panel).refresh()
  await tidy()
}

async function tidy(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration('/')
  if (registration) await closeRead(registration)
}
