import type { VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { mayBan } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Banned } from './banned.tsx'
import { BannedList } from './banned-list.ts'
import { MemberList } from './member-list.ts'
import { MemberRow } from './member-row.tsx'

/** In smaller chats everybody is seen at a glance. */
const SEARCHED_FROM = 9
const TYPED_MS = 200

/** Everybody who is here: who is online, who leads, and for those who lead, what they may do. */
export function Members({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const list = useMemo(() => new MemberList(deeds, chat), [])
  const banned = useMemo(() => new BannedList(deeds, chat), [])
  useWatched(list)
  useEffect(() => void list.load(), [chat.members, chat.me?.role])
  const people = useRef<HTMLElement>(null)
  const label = say(chat.type === 'channel' ? 'readers' : 'members', { count: chat.members })
  return (
    <>
      <section ref={people} class="details-part details-people" aria-label={label} tabIndex={-1}>
        <h3 class="details-sub">{label}</h3>
        {chat.members >= SEARCHED_FROM && <PeopleSearch list={list} />}
        <ul class="chat-people">
          {list.members.map((member) => (
            <MemberRow
              key={member.user.id}
              chat={chat}
              list={list}
              member={member}
              gone={() => {
                people.current?.focus()
                void banned.loadAnew()
              }}
            />
          ))}
        </ul>
        {list.name !== '' && list.members.length === 0 && (
          <p class="details-none">{say('found.nothing', { query: list.name })}</p>
        )}
        {list.hasMore && (
          <button type="button" class="button button-line" onClick={() => void list.more()}>
            {say('showMore')}
          </button>
        )}
      </section>
      {mayBan(chat) && <Banned list={banned} />}
    </>
  )
}

function PeopleSearch({ list }: { readonly list: MemberList }): VNode {
  const { say } = useHands().desk
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <input
      type="search"
      class="entry-input"
      aria-label={say('members.find')}
      placeholder={say('people.search')}
      onInput={({ currentTarget: { value } }) => {
        clearTimeout(timer.current)
        timer.current = setTimeout(() => void list.find(value), TYPED_MS)
      }}
    />
  )
}
