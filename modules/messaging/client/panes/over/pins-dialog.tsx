import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Message, Person } from '../../protocol/dto.ts'
import { mayPin } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { ChatFace, PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { summaryOf } from '../list/summary.tsx'
import { Dialog } from './overlay.tsx'

type OfChat = { readonly chat: Chat }

/** Everything that is pinned in a chat, the newest first; a press goes there. */
export function PinsDialog({ chat: opened }: OfChat): VNode {
  const { desk } = useHands()
  const { say, messenger } = desk
  useWatched(messenger.book)
  const chat = messenger.book.chat(opened.id) ?? opened
  const [asked, isAsking] = usePins(chat)
  const pinned = asked.filter(({ seq }) => chat.pinnedSeqs.includes(seq))
  return (
    <Dialog title={say('pins')}>
      {pinned.length === 0 && !isAsking && <p class="list-empty">{say('pins.none')}</p>}
      <ul class="pins-list" aria-busy={isAsking}>
        {pinned.map((message) => (
          <Pin key={message.seq} chat={chat} message={message} />
        ))}
        {pinned.length === 0 &&
          isAsking &&
          chat.pinnedSeqs.map((seq) => <li key={seq} class="pins-skeleton" aria-hidden="true" />)}
      </ul>
    </Dialog>
  )
}

/** What is kept here at once, then what the station says. */
function usePins(chat: Chat): [readonly Message[], boolean] {
  const { desk, deeds } = useHands()
  const { messenger } = desk
  const [pins, setPins] = useState<readonly Message[]>([])
  const [isAsking, setAsking] = useState(true)
  useEffect(() => {
    let isStale = false
    const look = async (): Promise<void> => {
      const history = await messenger.histories.of(chat.id)
      const kept = await Promise.all(chat.pinnedSeqs.map((seq) => history.find(seq)))
      if (!isStale) setPins(kept.flatMap((each) => (each && !each.deleted ? each : [])))
      const answer = await deeds.look('msg.pins', { chat: chat.id })
      if (isStale) return
      setAsking(false)
      const { items, people } = (answer ?? {}) as Partial<Answer>
      if (people) await messenger.keep([], people)
      if (items) setPins(items)
    }
    void look()
    return () => void (isStale = true)
  }, [chat.id, chat.pinnedSeqs.join()])
  return [pins, isAsking]
}

interface Answer {
  readonly items: readonly Message[]
  readonly people: readonly Person[]
}

function Pin({ chat, message }: OfChat & { readonly message: Message }): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  const { say, dates, messenger } = desk
  const { seq, sender } = message
  const person = messenger.book.person(sender)
  const name = sender === null ? deeds.titleOf(chat) : nameOf(person, say('somebody'))
  const words = summaryOf(hands, message)
  return (
    <li class="pins-each">
      <button type="button" class="pins-jump" onClick={() => desk.show(chat.id, seq)}>
        {sender === null ? (
          <ChatFace chat={chat} title={name} size={40} />
        ) : (
          <PersonFace person={person} size={40} />
        )}
        <span class="row-words">
          <span class="row-first">
            <span class="row-title" dir="auto">
              {name}
            </span>
            <span class="row-end">
              <time dateTime={message.date}>{dates.brief(message.date, desk.nowMs)}</time>
            </span>
          </span>
          <span class="row-summary" dir="auto">
            {words}
          </span>
        </span>
      </button>
      {mayPin(chat) && (
        <button
          type="button"
          class="tool"
          aria-label={say('unpin.this', { words })}
          onClick={() => void deeds.unpin(chat.id, seq)}
        >
          <Icon name="pin-off" />
        </button>
      )}
    </li>
  )
}
