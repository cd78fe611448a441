import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import type { Entrance } from '../../store/entrance.ts'
import { DaySection } from './day-section.tsx'
import { EmptyWall } from './empty-wall.tsx'
import { Reading } from './reading.ts'
import { type Day, newestIn, rowsOf } from './rows.ts'
import { WallStart } from './wall-start.tsx'
import { Ways } from './ways.tsx'

type WallProps = { readonly chat: Chat; readonly entrance: Entrance }

/** The messages of one chat. Whoever draws it anew for another chat gives it another key. */
export function Wall({ chat, entrance }: WallProps): VNode {
  const { desk } = useHands()
  const { messenger, say } = desk
  const reading = useMemo(() => new Reading(desk, chat.id, entrance), [entrance])
  const { timeline } = reading
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  useWatched(desk, reading, timeline, messenger.outbox, messenger.book)
  useLayoutEffect(() => {
    if (!scroller.current || !content.current) return undefined
    return reading.begin(scroller.current, content.current)
  }, [reading])
  useLayoutEffect(() => reading.settle())
  useEffect(() => {
    if (timeline.isOpen && desk.target !== undefined) void reading.jump()
  }, [desk.target])
  const spoken = useRef(desk.spoken)
  useEffect(() => {
    if (spoken.current !== desk.spoken && timeline.isOpen) void reading.toNewest()
    spoken.current = desk.spoken
  }, [desk.spoken])
  return (
    <div class="wall" data-loaded={timeline.isOpen}>
      <div
        class="wall-scroll"
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={say('messages')}
      >
        <div
          class="wall-content"
          ref={content}
          role="log"
          aria-live="polite"
          aria-relevant="additions"
          aria-label={say('messages')}
          aria-busy={timeline.isBusy}
        >
          {timeline.failed && <FailedPage reading={reading} />}
          {timeline.isBusy && !timeline.isOpen && <WallSkeleton />}
          <Days chat={chat} reading={reading} />
        </div>
      </div>
      {timeline.isOpen && (
        <Ways chat={chat} isLow={reading.isLow} toNewest={() => void reading.toNewest()} />
      )}
    </div>
  )
}

type DaysProps = { readonly chat: Chat; readonly reading: Reading }

function Days({ chat, reading }: DaysProps): VNode {
  const days = useDays(chat, reading)
  const newest = newestIn(days)
  if (reading.timeline.isOpen && days.length === 0) return <EmptyWall chat={chat} />
  return (
    <>
      <WallStart chat={chat} timeline={reading.timeline} />
      {days.map((day) => (
        <DaySection
          key={day.key}
          day={day}
          chat={chat}
          flash={reading.flash}
          unread={reading.unread}
          newest={newest}
        />
      ))}
    </>
  )
}

function useDays(chat: Chat, { timeline, unreadFrom }: Reading): readonly Day[] {
  const { messenger, dates } = useHands().desk
  const unread = timeline.has(unreadFrom) ? unreadFrom : 0
  /* Where nothing is there to stand below, what waits still stands there. */
  const isShown = timeline.isAtNewest || (timeline.failed !== undefined && !timeline.isOpen)
  const outgoing = isShown ? messenger.outbox.of(chat.id) : []
  return useMemo(
    () =>
      rowsOf({
        items: timeline.items,
        outgoing,
        self: messenger.self.id,
        unreadFrom: unread,
        dayKey: (iso) => dates.dayKey(iso),
      }),
    [timeline.items, unread, isShown, messenger.outbox.version],
  )
}

type OfReading = { readonly reading: Reading }

function FailedPage({ reading }: OfReading): VNode {
  const { say } = useHands().desk
  return (
    <div class="wall-failed" role="alert">
      <Icon name="cloud-off" size={18} />
      {say('history.failed')}
      <button type="button" onClick={() => void reading.retry()}>
        {say('retry')}
      </button>
    </div>
  )
}

function WallSkeleton(): VNode {
  return (
    <div class="wall-skeleton" aria-hidden="true">
      {Array.from({ length: 7 }, (_each, index) => (
        <span key={index} />
      ))}
    </div>
  )
}
