import { showAppBadge } from '#client'
import type { Chat, Message } from '../protocol/dto.ts'
import { hasUnread, isMuted } from '../store/book.ts'
import { nameOf } from '../store/effects.ts'
import { shortly } from '../look/shortly.ts'
import type { Deeds } from './deeds.ts'
import type { Desk } from './desk.ts'
import { Chime } from './chime.ts'
import { ScreenNotices } from './screen-notices.ts'

const LATER_MS = 400

/**
 * Draws attention to what is new: the title, the icon, a sound and a notification. One tab speaks for
 * all of them, and says nothing of a message that somebody is looking at.
 */
export class Attention {
  readonly #desk: Desk
  readonly #deeds: Deeds
  readonly #title = document.title
  readonly #chime = new Chime()
  readonly #notices = new ScreenNotices()
  #unread: ReadonlySet<string> = new Set()

  constructor(desk: Desk, deeds: Deeds) {
    this.#desk = desk
    this.#deeds = deeds
    const { messenger } = desk
    messenger.book.watch(() => this.#count())
    messenger.onMessage((message) => setTimeout(() => void this.#hear(message), LATER_MS))
    this.#count()
  }

  /** On the title, the icon of the app, and on the rail. */
  #count(): void {
    const now = this.#desk.nowMs
    const chats = this.#desk.messenger.book.all()
    const waiting = chats.filter(
      (chat) => hasUnread(chat) && !isMuted(chat, now) && !chat.me?.archived,
    )
    const count = waiting.reduce((sum, { me }) => sum + Math.max(1, me?.unread ?? 0), 0)
    document.title = count > 0 ? `(${count}) ${this.#title}` : this.#title
    for (const link of document.querySelectorAll('a[href="/chats"]')) showBadge(link, count)
    showAppBadge('chats', count)
    const unread = new Set(chats.filter(({ me }) => (me?.unread ?? 0) > 0).map(({ id }) => id))
    const read = [...this.#unread].filter((id) => !unread.has(id))
    this.#unread = unread
    if (read.length > 0) void this.#notices.close(read)
  }

  async #hear(message: Message): Promise<void> {
    const { messenger } = this.#desk
    if (!messenger.isLeader) return
    const chat = messenger.book.chat(message.chat)
    /* Read elsewhere meanwhile, or by somebody who looks at it here. */
    if (!chat?.me || chat.me.readSeq >= message.seq || message.kind === 'service') return
    if (!(await this.#isHeard(chat, message))) return
    this.#chime.ring()
    if (document.visibilityState === 'visible' && document.hasFocus()) return
    if (!('Notification' in window) || Notification.permission !== 'granted') return
    this.#notify(message)
  }

  /** Who is kept away may write in a group all the same: their words stand there, and that is all. */
  async #isHeard(chat: Chat, message: Message): Promise<boolean> {
    if (isMuted(chat, this.#desk.nowMs) && !(await this.#isCalledBy(message))) return false
    return chat.type !== 'group' || !(await this.#deeds.keptAway.has(message.sender ?? ''))
  }

  /** The words alone do not tell: whoever one keeps away calls nobody, as only the station knows. */
  async #isCalledBy({ chat, seq, mentionsMe }: Message): Promise<boolean> {
    if (!mentionsMe) return false
    const asked = this.#desk.messenger.ask('msg.mentions', { chat, after: seq - 1, limit: 1 })
    const answer = (await asked.catch(() => undefined)) as { items: readonly Message[] } | undefined
    return answer?.items[0]?.seq === seq
  }

  #notify(message: Message): void {
    const { messenger, say } = this.#desk
    const chat = messenger.book.chat(message.chat)
    if (!chat) return
    const title = this.#deeds.titleOf(chat)
    const sender = nameOf(messenger.book.person(message.sender), say('somebody'))
    const words = shortly(message, say)
    const body = chat.type === 'group' ? `${sender}: ${words}` : words
    void this.#notices.show(chat.id, message.seq, { title, body }, () => {
      focus()
      this.#desk.show(chat.id)
    })
  }
}

const MAX_SHOWN = 99

function showBadge(link: Element, count: number): void {
  const old = link.querySelector('.badge')
  if (count === 0) {
    old?.remove()
    return
  }
  const badge = old ?? document.createElement('span')
  badge.className = 'badge'
  badge.textContent = count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(count)
  if (!old) link.querySelector('.icon')?.after(badge)
}
