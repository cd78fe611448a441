import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Message, Person } from '../../protocol/dto.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { ChatFace, PersonFace } from '../../look/face.tsx'
import { RichText } from '../../look/rich-text.tsx'
import { summaryOf } from './summary.tsx'

export interface Found {
  readonly items: readonly { readonly m: Message; readonly snippet: string }[]
  readonly chats: readonly Chat[]
  readonly people: readonly Person[]
  readonly nextCursor: string | null
}

const PAUSE_MS = 250
const MAX_LOCAL = 8

/** Chats and people from what is known here at once; messages from the station a moment later. */
export function FoundPane({ query }: { readonly query: string }): VNode {
  const hands = useHands()
  const { say } = hands.desk
  const { found, isAsking } = useFound(hands, query)
  const chats = localChats(hands, query)
  const people = others(hands, query, found, chats)
  const messages = found?.items ?? []
  const count = chats.length + people.length + messages.length
  return (
    <div class="list-scroll found" aria-busy={isAsking}>
      <Section title={say('found.chats')}>
        {chats.map((chat) => (
          <FoundChat key={chat.id} chat={chat} />
        ))}
      </Section>
      <Section title={say('found.people')}>
        {people.map((person) => (
          <FoundPerson key={person.id} person={person} />
        ))}
      </Section>
      <Section title={say('found.messages')}>
        {messages.map(({ m }) => (
          <FoundMessage key={`${m.chat}/${m.seq}`} m={m} query={query} />
        ))}
      </Section>
      {!isAsking && count === 0 && <p class="list-empty">{say('found.nothing', { query })}</p>}
      <p class="visually-hidden" role="status">
        {isAsking ? '' : say('found.count', { count })}
      </p>
    </div>
  )
}

function Section({
  title,
  children,
}: {
  readonly title: string
  readonly children: VNode[]
}): VNode | null {
  if (children.length === 0) return null
  return (
    <>
      <h3 class="found-title">{title}</h3>
      <ul class="rows">{children}</ul>
    </>
  )
}

function useFound(
  { desk, deeds }: Hands,
  query: string,
): { readonly found: Found | undefined; readonly isAsking: boolean } {
  const [found, setFound] = useState<Found>()
  const [isAsking, setAsking] = useState(desk.can('msg.search'))
  useEffect(() => {
    if (!desk.can('msg.search')) return undefined
    setAsking(true)
    let isStale = false
    const ask = async (): Promise<void> => {
      const answer = (await deeds.look('msg.search', { q: query })) as Found | undefined
      if (isStale) return
      setFound(answer)
      setAsking(false)
    }
    const timer = setTimeout(() => void ask(), PAUSE_MS)
    return () => {
      isStale = true
      clearTimeout(timer)
    }
  }, [query])
  return { found, isAsking }
}

/** Those one has no chat with yet. */
function others(
  { desk }: Hands,
  query: string,
  found: Found | undefined,
  chats: readonly Chat[],
): Person[] {
  const known = new Set([desk.messenger.self.id, ...chats.map(({ peer }) => peer?.id)])
  return (found?.people ?? []).filter(
    ({ id, displayName, username }) => !known.has(id) && fits(`${displayName} ${username}`, query),
  )
}

function localChats({ desk, deeds }: Hands, query: string): Chat[] {
  return desk.messenger.book
    .all()
    .filter((chat) =>
      fits(`${deeds.titleOf(chat)} ${chat.peer?.username ?? ''} ${chat.slug ?? ''}`, query),
    )
    .slice(0, MAX_LOCAL)
}

/** Every word asked for begins a word there; ё and е are one letter, and the layout may be wrong. */
export function fits(text: string, query: string): boolean {
  const words = plainWords(text)
  const asks = (asked: string): boolean =>
    plainWords(asked).every((part) => words.some((word) => word.startsWith(part)))
  return asks(query) || asks(otherLayout(query))
}

function plainWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}_]+/gu) ?? []
  )
}

const LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const CYRILLIC = 'ёйцукенгшщзхъфывапролджэячсмитьбю'

function otherLayout(text: string): string {
  return Array.from(text.toLowerCase(), (char) => {
    const at = LATIN.indexOf(char)
    if (at >= 0) return CYRILLIC[at] ?? char
    const back = CYRILLIC.indexOf(char)
    return back >= 0 ? (LATIN[back] ?? char) : char
  }).join('')
}

function FoundChat({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const title = deeds.titleOf(chat)
  return (
    <li class="row row-found">
      <button type="button" class="row-link" onClick={() => openFound(() => desk.show(chat.id))}>
        <ChatFace chat={chat} title={title} size={44} />
        <span class="row-words">
          <span class="row-title">{title}</span>
          <span class="row-summary">
            {chat.peer ? `@${chat.peer.username}` : desk.say('members', { count: chat.members })}
          </span>
        </span>
      </button>
    </li>
  )

  function openFound(open: () => void): void {
    open()
    desk.findEverywhere('')
  }
}

function FoundPerson({ person }: { readonly person: Person }): VNode {
  const { desk, deeds } = useHands()
  return (
    <li class="row row-found">
      <button
        type="button"
        class="row-link"
        onClick={() => {
          desk.findEverywhere('')
          void deeds.write(person.username)
        }}
      >
        <PersonFace person={person} size={44} />
        <span class="row-words">
          <span class="row-title">{person.displayName}</span>
          <span class="row-summary">@{person.username}</span>
        </span>
      </button>
    </li>
  )
}

function FoundMessage({ m, query }: { readonly m: Message; readonly query: string }): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  const chat = desk.messenger.book.chat(m.chat)
  const title = chat ? deeds.titleOf(chat) : ''
  return (
    <li class="row row-found">
      <button type="button" class="row-link" onClick={() => desk.show(m.chat, m.seq)}>
        {chat && <ChatFace chat={chat} title={title} size={44} />}
        <span class="row-words">
          <span class="row-first">
            <span class="row-title">{title}</span>
            <span class="row-end">
              <time dateTime={m.date}>{desk.dates.brief(m.date, Date.now())}</time>
            </span>
          </span>
          <span class="row-summary">
            <RichText
              text={around(summaryOf(hands, m), query)}
              entities={[]}
              mark={query}
              spoilerLabel=""
            />
          </span>
        </span>
      </button>
    </li>
  )
}

/** The place where it was found, not the beginning of a long text. */
function around(text: string, query: string): string {
  const at = text.toLowerCase().indexOf(query.toLowerCase())
  return at > 40 ? `…${text.slice(at - 24)}` : text
}
