import type { VNode } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { InviteLinks } from './invite-links.tsx'
import { InviteList, type JoinRequest } from './invite-list.ts'

/** Those who wait at the door, at once; the links that let people in, when they are asked for. */
export function LettingIn({ chat }: { readonly chat: Chat }): VNode {
  const { deeds } = useHands()
  const list = useMemo(() => new InviteList(deeds, chat), [])
  useWatched(list)
  useEffect(() => {
    const look = (): void => void (document.visibilityState === 'visible' && list.loadAnew())
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [chat.members])
  return (
    <>
      {list.requests.length > 0 && <Requests list={list} />}
      <InviteLinks list={list} />
    </>
  )
}

function Requests({ list }: { readonly list: InviteList }): VNode {
  const { say } = useHands().desk
  const label = say('requests', { count: list.requests.length })
  return (
    <section class="details-part" aria-label={label}>
      <h3 class="details-sub">{label}</h3>
      <ul class="chat-people">
        {list.requests.map((request) => (
          <Request key={request.user.id} list={list} request={request} />
        ))}
      </ul>
    </section>
  )
}

type RequestProps = { readonly list: InviteList; readonly request: JoinRequest }

function Request({ list, request: { user: person } }: RequestProps): VNode {
  const { say } = useHands().desk
  const name = nameOf(person, say('deletedPerson'))
  return (
    <li class="person person-asks">
      <PersonFace person={person} size={40} />
      <span class="row-words">
        <span class="row-title">{name}</span>
        <span class="row-summary">@{person.username}</span>
      </span>
      <button
        type="button"
        class="tool"
        aria-label={say('request.accept', { name })}
        onClick={() => void list.decide(person, true)}
      >
        <Icon name="check" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={say('request.refuse', { name })}
        onClick={() => void list.decide(person, false)}
      >
        <Icon name="x" />
      </button>
    </li>
  )
}
