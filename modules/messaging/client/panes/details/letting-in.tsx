import { onShellNews } from '#client'
import type { VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { InviteLinks } from './invite-links.tsx'
import { InviteList, type JoinRequest } from './invite-list.ts'

/** Those who wait at the door, at once; the links that let people in, when they are asked for. */
export function LettingIn({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const root = useRef<HTMLDivElement>(null)
  const list = useMemo(() => new InviteList(deeds, chat), [])
  useWatched(list)
  useEffect(() => {
    const look = (): void => void (document.visibilityState === 'visible' && list.loadAnew())
    look()
    document.addEventListener('visibilitychange', look)
    /* Whoever asks to come in is a notification, which goes when another admin decides. */
    const endNews = onShellNews(look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      endNews()
    }
  }, [chat.members])
  /* What was pressed is not there any more; the keyboard goes on from here. */
  const goneFrom = (): void => root.current?.focus()
  return (
    <div
      ref={root}
      class="letting-in"
      role="group"
      aria-label={desk.say('lettingIn')}
      tabIndex={-1}
    >
      {list.requests.length > 0 && <Requests list={list} goneFrom={goneFrom} />}
      <InviteLinks list={list} goneFrom={goneFrom} />
    </div>
  )
}

type RequestsProps = { readonly list: InviteList; readonly goneFrom: () => void }

function Requests({ list, goneFrom }: RequestsProps): VNode {
  const { say } = useHands().desk
  const label = say('requests', { count: list.requests.length })
  return (
    <section class="details-part" aria-label={label}>
      <h3 class="details-sub">{label}</h3>
      <ul class="chat-people">
        {list.requests.map((request) => (
          <Request key={request.user.id} list={list} request={request} goneFrom={goneFrom} />
        ))}
      </ul>
    </section>
  )
}

type RequestProps = RequestsProps & { readonly request: JoinRequest }

function Request({ list, request: { user: person }, goneFrom }: RequestProps): VNode {
  const { desk } = useHands()
  const { say } = desk
  const name = nameOf(person, say('deletedPerson'))
  const decide = async (accept: boolean): Promise<void> => {
    const isDone = await list.decide(person, accept)
    if (isDone) desk.tell(say(accept ? 'request.accepted' : 'request.refused', { name }))
    goneFrom()
  }
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
        onClick={() => void decide(true)}
      >
        <Icon name="check" />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={say('request.refuse', { name })}
        onClick={() => void decide(false)}
      >
        <Icon name="x" />
      </button>
    </li>
  )
}
