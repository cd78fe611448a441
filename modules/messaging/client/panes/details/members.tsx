import type { VNode } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { mayBan, mayPromote } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { type Member, MemberList } from './member-list.ts'

/** Everybody who is here: who is online, who leads, and for those who lead, what they may do. */
export function Members({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const list = useMemo(() => new MemberList(deeds, chat), [])
  useWatched(list)
  useEffect(() => void list.load(), [chat.members])
  const label = say('members', { count: chat.members })
  return (
    <section class="details-part details-people" aria-label={label}>
      <ul class="chat-people">
        {list.members.map((member) => (
          <Row key={member.user.id} chat={chat} list={list} member={member} />
        ))}
      </ul>
      {list.hasMore && (
        <button type="button" class="button button-line" onClick={() => void list.more()}>
          {say('showMore')}
        </button>
      )}
    </section>
  )
}

type RowProps = { readonly chat: Chat; readonly list: MemberList; readonly member: Member }

function Row({ chat, list, member }: RowProps): VNode {
  const { desk, deeds } = useHands()
  const { say, messenger, dates } = desk
  const [isOpen, open] = useState(false)
  const { user: person, role } = member
  const isSelf = person.id === messenger.self.id
  const mayLead = !isSelf && role !== 'owner' && (mayPromote(chat) || mayBan(chat))
  const seen = messenger.presence.of(person.id) ?? person.lastSeen
  return (
    <li class="person">
      <button
        type="button"
        class="person-link"
        disabled={isSelf || person.deleted}
        onClick={() => void deeds.write(person.username)}
      >
        <PersonFace person={person} size={40} isOnline={messenger.presence.isOnline(person.id)} />
        <span class="row-words">
          <span class="row-title">{nameOf(person, say('deletedPerson'))}</span>
          <span class="row-summary">{dates.lastSeen(seen, Date.now())}</span>
        </span>
        {role !== 'member' && <span class="person-role">{say(`role.${role}`)}</span>}
      </button>
      {mayLead && (
        <button
          type="button"
          class="tool"
          aria-label={say('member.menu', { name: person.displayName })}
          aria-expanded={isOpen}
          onClick={() => open(!isOpen)}
        >
          <Icon name="ellipsis" />
        </button>
      )}
      {isOpen && <Lead chat={chat} list={list} member={member} />}
    </li>
  )
}

function Lead({ chat, list, member }: RowProps): VNode {
  const { say } = useHands().desk
  const { user: person, role } = member
  return (
    <div class="person-tools">
      {mayPromote(chat) && (
        <button
          type="button"
          class="pop-item"
          onClick={() => void list.setRole(person, role === 'admin' ? 'member' : 'admin')}
        >
          <Icon name="shield-alert" size={18} />
          {say(role === 'admin' ? 'member.demote' : 'member.promote')}
        </button>
      )}
      {mayBan(chat) && (
        <button type="button" class="pop-item pop-bad" onClick={() => void list.remove(person)}>
          <Icon name="ban" size={18} />
          {say('member.remove', { name: person.displayName })}
        </button>
      )}
    </div>
  )
}
