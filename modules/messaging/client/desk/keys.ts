import { inOrder } from '../store/book.ts'
import type { Desk } from './desk.ts'

/** What keys do wherever one is: Ctrl K, Ctrl F, Alt and arrows, Esc. */
export function listenToKeys(desk: Desk): void {
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing) return
    const deed = deedOf(event, desk)
    if (!deed) return
    event.preventDefault()
    deed()
  })
}

function deedOf(event: KeyboardEvent, desk: Desk): (() => void) | undefined {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey
  if (isCommand && event.code === 'KeyK') return () => desk.open({ kind: 'switch' })
  if (isCommand && event.code === 'KeyF' && maySearch(desk)) {
    return () => desk.find(desk.search ?? '')
  }
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
  if (event.altKey && step !== undefined) return () => goNext(desk, step)
  const isBack = event.key === 'Escape' && !document.querySelector(':popover-open, dialog[open]')
  return isBack ? () => escape(desk) : undefined
}

function maySearch(desk: Desk): boolean {
  return desk.chat !== undefined && desk.can('msg.search')
}

function goNext(desk: Desk, step: number): void {
  const chats = inOrder(desk.messenger.book.all()).filter(({ me }) => !me?.archived)
  const at = chats.findIndex(({ id }) => id === desk.chat)
  const next = chats[at < 0 ? 0 : at + step]
  if (next) desk.show(next.id)
}

/** Steps back from the innermost thing to the list. */
function escape(desk: Desk): void {
  if (desk.stepBack()) document.getElementById('composer')?.focus()
  else if (desk.chat !== undefined) desk.show(undefined)
}
