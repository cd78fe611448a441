import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { beginsIn } from '#client'
import type { Chat, Person } from '../../protocol/dto.ts'
import { type Hands, useHands, useWatched } from '../../desk/use-desk.ts'
import { ChatFace, PersonFace } from '../../look/face.tsx'
import { RichText } from '../../look/rich-text.tsx'
import { covered } from '../../../text/covered.ts'
import { excerptAround } from '../../../text/excerpt.ts'
import { FoundList, type FoundMessage, wordsMeant } from './found-list.ts'
import { RowSkeletons } from './row-skeletons.tsx'
import { authorOf, summaryOf } from './summary.tsx'

const MAX_LOCAL = 8

/** Chats and people from what is known here at once; messages from the station a moment later. */
export function FoundPane({ query }: { readonly query: string }): VNode {
  const hands = useHands()
  const { say } = hands.desk
  const found = useFound(hands, query)
  const { items: messages } = found
  const isAsking = hands.desk.can('msg.search') && found.isAskingFor(query)
  const chats = localChats(hands, query)
  const people = others(hands, query, found.people, chats)
  const meant = wordsMeant(messages)
  const count = chats.length + people.length + messages.length
  return (
    <div class="list-scroll list-found" aria-busy={isAsking}>
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
        {messages.map((each) => (
          <MessageRow key={`${each.m.chat}/${each.m.seq}`} found={each} meant={meant} />
        ))}
      </Section>
      {found.hasMore && (
        <button
          type="button"
          class="button button-line button-s list-found-more"
          disabled={isAsking}
          onClick={() => void found.more()}
        >
          {say('showMore')}
        </button>
      )}
      {count === 0 &&
        (isAsking ? (
          <RowSkeletons count={3} />
        ) : (
          <p class="list-empty">{say('found.nothing', { query })}</p>
        ))}
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
      <h3 class="list-found-title">{title}</h3>
      <ul class="rows">{children}</ul>
    </>
  )
}

function useFound(hands: Hands, query: string): FoundList {
  const found = useMemo(() => new FoundList(hands), [])
  useWatched(found)
  useEffect(() => {
    if (hands.desk.can('msg.search')) found.ask({ q: query })
  }, [query])
  useEffect(() => () => found.ask(undefined), [])
  return found
}

/** Those one has no chat with yet. */
function others(
  { desk }: Hands,
  query: string,
  found: readonly Person[],
  chats: readonly Chat[],
): Person[] {
  const known = new Set([desk.messenger.self.id, ...chats.map(({ peer }) => peer?.id)])
  return found.filter(
    ({ id, displayName, username }) =>
      !known.has(id) && beginsIn(`${displayName} ${username}`, query),
  )
}

function localChats({ desk, deeds }: Hands, query: string): Chat[] {
  return desk.messenger.book
    .all()
    .filter((chat) =>
      beginsIn(`${deeds.titleOf(chat)} ${chat.peer?.username ?? ''} ${chat.slug ?? ''}`, query),
    )
    .slice(0, MAX_LOCAL)
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

type MessageRowProps = {
  readonly found: FoundMessage
  readonly meant: ReadonlySet<string>
}

function MessageRow({ found, meant }: MessageRowProps): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  const { m } = found
  const chat = desk.messenger.book.chat(m.chat)
  const title = chat ? deeds.titleOf(chat) : ''
  const who = chat ? authorOf(hands, chat, m) : ''
  return (
    <li class="row row-found">
      <button type="button" class="row-link" onClick={() => desk.show(m.chat, m.seq)}>
        {chat && <ChatFace chat={chat} title={title} size={44} />}
        <span class="row-words">
          <span class="row-first">
            <span class="row-title">{title}</span>
            <span class="row-end">
              <time dateTime={m.date}>{desk.dates.brief(m.date, desk.nowMs)}</time>
            </span>
          </span>
          <span class="row-summary">
            {who !== '' && <span class="row-who">{who}: </span>}
            <RichText
              text={aroundFirst(found) ?? summaryOf(hands, m)}
              entities={[]}
              meant={meant}
              spoilerLabel=""
            />
          </span>
        </span>
      </button>
    </li>
  )
}

function aroundFirst({ m, marks: [first] }: FoundMessage): string | undefined {
  return first && excerptAround(covered(m.text, m.entities), first.offset)
}
