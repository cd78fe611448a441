import type { VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { Finding } from './finding.ts'

/** Search within the chat: Enter and the arrows walk from one place to the next. */
export function SearchBar({ chat }: { readonly chat: Chat }): VNode {
  const hands = useHands()
  const { desk } = hands
  const { say } = desk
  const input = useRef<HTMLInputElement>(null)
  const finding = useMemo(() => new Finding(hands, chat.id), [chat.id])
  const query = (desk.search ?? '').trim()
  useWatched(finding)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => finding.ask(query), [query, finding])
  const tool = (icon: string, label: string, run: () => void): VNode => (
    <button type="button" class="tool" aria-label={say(label)} onClick={run}>
      <Icon name={icon} />
    </button>
  )
  return (
    <search class="pins find">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        value={desk.search ?? ''}
        placeholder={say('search.chat')}
        aria-label={say('search.chat')}
        onInput={(event) => desk.find(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && void finding.go(event.shiftKey ? -1 : 1)}
      />
      <span class="find-count" role="status">
        {query === '' || finding.isAskingFor(query) ? '' : countText(finding)}
      </span>
      {tool('chevron-up', 'search.older', () => void finding.go(1))}
      {tool('chevron-down', 'search.newer', () => void finding.go(-1))}
      {tool('calendar', 'day.jump', () => desk.open({ kind: 'date' }))}
      {tool('x', 'close', () => desk.find(undefined))}
    </search>
  )

  function countText({ number, count, hasMore }: Finding): string {
    if (count === 0) return say('search.none')
    return say(hasMore ? 'search.atLeast' : 'search.at', { number, count })
  }
}
