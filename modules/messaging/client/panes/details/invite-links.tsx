import type { VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { type Hands, useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { type Invite, InviteList, type InviteWish } from './invite-list.ts'

type OfList = { readonly list: InviteList }

/** Links that let people in, and those who wait at the door; asked for when it is opened. */
export function InviteLinks({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const list = useMemo(() => new InviteList(deeds, chat), [])
  useWatched(list)
  return (
    <details
      class="details-part details-fold"
      onToggle={(event) => event.currentTarget.open && void list.load()}
    >
      <summary>
        <Icon name="link" size={18} />
        {desk.say('invites')}
      </summary>
      <Requests list={list} />
      <ul class="invites">
        {list.invites.map((invite) => (
          <InviteRow key={invite.token} list={list} invite={invite} />
        ))}
      </ul>
      <NewInvite list={list} />
    </details>
  )
}

function Requests({ list }: OfList): VNode {
  const { say } = useHands().desk
  return (
    <ul class="chat-people">
      {list.requests.map(({ user: person }) => (
        <li key={person.id} class="person">
          <PersonFace person={person} size={32} />
          <span class="row-title">{person.displayName}</span>
          <button
            type="button"
            class="tool"
            aria-label={say('request.accept', { name: person.displayName })}
            onClick={() => void list.decide(person, true)}
          >
            <Icon name="check" />
          </button>
          <button
            type="button"
            class="tool"
            aria-label={say('request.refuse', { name: person.displayName })}
            onClick={() => void list.decide(person, false)}
          >
            <Icon name="x" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function InviteRow({ list, invite }: OfList & { readonly invite: Invite }): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  return (
    <li>
      <span class="row-words">
        <span class="invite-path">{`${location.host}${invite.path}`}</span>
        <span class="row-summary">{describe(hands, invite)}</span>
      </span>
      <button
        type="button"
        class="tool"
        aria-label={desk.say('copy.link')}
        onClick={() => void deeds.copy(location.origin + invite.path)}
      >
        <Icon name="copy" size={18} />
      </button>
      <button
        type="button"
        class="tool tool-bad"
        aria-label={desk.say('invite.revoke')}
        onClick={() => void list.revoke(invite)}
      >
        <Icon name="trash-2" size={18} />
      </button>
    </li>
  )
}

function describe({ desk }: Hands, { uses, maxUses, expiresAt, approval }: Invite): string {
  const { say, dates } = desk
  const parts = [
    maxUses === null
      ? say('invite.uses', { count: uses })
      : say('invite.usesOf', { count: uses, max: maxUses }),
    expiresAt === null ? '' : say('invite.until', { date: dates.brief(expiresAt, Date.now()) }),
    approval ? say('invite.asks') : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

const WISHES = [
  ['isWeek', 'invite.week'],
  ['isOnce', 'invite.once'],
  ['asks', 'invite.approval'],
] as const

function NewInvite({ list }: OfList): VNode {
  const { say } = useHands().desk
  const [wish, setWish] = useState<InviteWish>({ isWeek: false, isOnce: false, asks: false })
  return (
    <div class="invite-new">
      {WISHES.map(([name, key]) => (
        <label key={name} class="tickbox">
          <input
            type="checkbox"
            checked={wish[name]}
            onChange={(event) => setWish({ ...wish, [name]: event.currentTarget.checked })}
          />
          {say(key)}
        </label>
      ))}
      <button
        type="button"
        class="button button-soft button-s"
        onClick={() => void list.create(wish)}
      >
        {say('invite.create')}
      </button>
    </div>
  )
}
