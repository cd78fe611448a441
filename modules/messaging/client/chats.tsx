import { loadLaterScripts, openSocket } from '#client'
import { render } from 'preact'
import { Address, chatIn } from './desk/address.ts'
import { Attention } from './desk/attention.ts'
import { Deeds } from './desk/deeds.ts'
import { Desk } from './desk/desk.ts'
import { drawn } from './desk/drawn.ts'
import { listenToKeys } from './desk/keys.ts'
import { Dates } from './look/dates.ts'
import { wordsIn } from './look/words.ts'
import { renewWhenOutdated } from './desk/renewal.ts'
import { App } from './panes/app.tsx'
import type { Self } from './station/messenger-parts.ts'
import { Messenger } from './station/messenger.ts'
import { StationClock } from './station/station-clock.ts'
import { enter } from './store/entrance.ts'
import { IndexedShelves } from './store/indexed-shelves.ts'
import { MemoryShelves } from './store/memory-shelves.ts'
import { MuteEnds } from './store/mute-ends.ts'
import type { Shelves } from './store/shelves.ts'

/** The messenger on the page `/chats`. The page says for whom it is and in which words. */
performance.mark('quark-chats-begun')
const root = document.querySelector<HTMLElement>('#chats')
if (root) void start(root)

async function start(mount: HTMLElement): Promise<void> {
  const { self, words, locale = 'en', user, can = '' } = mount.dataset
  const me = JSON.parse(self ?? '{}') as Self
  const opening = shelvesOf(me.id)
  const say = wordsIn(locale, JSON.parse(words ?? '{}') as Record<string, string>)
  const dates = new Dates(locale, Intl.DateTimeFormat().resolvedOptions().timeZone, say)
  const hasDetails = matchMedia('(width >= 1280px)').matches
  const shelves = await opening
  const clock = new StationClock()
  const messenger = new Messenger({ self: me, shelves, clock, device: deviceOf, openSocket })
  const offers = can.split(' ')
  const desk = new Desk({ messenger, clock, say, dates, locale, hasDetails, offers })
  const deeds = new Deeds(desk)
  const target = Number(new URLSearchParams(location.search).get('message') ?? 0)
  desk.show(chatIn(location.pathname), target > 0 ? target : undefined)
  void new Address(desk)
  listenToKeys(desk)
  renewWhenOutdated(messenger)
  await recall(desk)
  mount.replaceChildren()
  render(<App hands={{ desk, deeds }} />, mount)
  /* A socket and what it brings would be in the way of it. */
  if (messenger.book.isLoaded) await drawn()
  loadLaterScripts()
  await messenger.start()
  void new Attention(desk, deeds)
  void new MuteEnds(clock, messenger.book)
  mount.dataset['ready'] = ''
  if (user) await deeds.write(user)
  addEventListener('online', () => messenger.wake())
  /* A notification about a chat was pressed. */
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const { type, path } = Object(data) as { type?: string; path?: string }
    if (type === 'open' && path !== undefined) desk.show(chatIn(path))
  })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') messenger.wake()
    else messenger.drafts.keepNow()
  })
  addEventListener('pagehide', () => messenger.drafts.keepNow())
  keepAboveKeyboard()
}

/** Everything that the first picture needs: what is kept is drawn once, not piece by piece. */
async function recall({ messenger, chat, target }: Desk): Promise<void> {
  if (chat === undefined) return messenger.load()
  const { histories, places, book } = messenger
  /* Read beside everything else: its messages are what one waits for. */
  await Promise.all([messenger.load(), histories.of(chat), places.of(chat)])
  const known = book.chat(chat)
  if (known) await enter(messenger, known, target)
}

async function shelvesOf(userId: string): Promise<Shelves> {
  try {
    return await IndexedShelves.open(userId)
  } catch {
    return new MemoryShelves()
  }
}

/** One name for this browser: a later socket of it takes the place of an earlier one. */
function deviceOf(): string {
  const KEY = 'quark-device'
  const made = crypto.randomUUID()
  try {
    const kept = localStorage.getItem(KEY)
    if (kept !== null) return kept
    localStorage.setItem(KEY, made)
  } catch {
    /* A browser that keeps nothing is a new device each time. */
  }
  return made
}

/** On phones the keyboard covers the lower part of the page; the panes end above it. */
function keepAboveKeyboard(): void {
  const viewport = window.visualViewport
  if (!viewport) return
  const fit = (): void => {
    const covered = Math.max(0, innerHeight - viewport.height - viewport.offsetTop)
    document.documentElement.style.setProperty('--keyboard', `${Math.round(covered)}px`)
  }
  viewport.addEventListener('resize', fit)
  viewport.addEventListener('scroll', fit)
}
