import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { mayAppoint, mayHandOver, maySendAway, maySetRights } from '../../desk/may.ts'
import { useHands } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import type { Member, MemberList } from './member-list.ts'

type RowProps = {
  readonly chat: Chat
  readonly list: MemberList
  readonly member: Member
  /** The row is not there any more. */
  readonly gone: () => void
}

/** One of the people of a chat, and what may be done with them. */
export function MemberRow(props: RowProps): VNode {
  const { chat, member } = props
  const { desk, deeds } = useHands()
  const { say, messenger, dates } = desk
  const [isOpen, open] = useState(false)
  const { user: person, role } = member
  const isSelf = person.id === messenger.self.id
  const mayLead = !isSelf && (mayAppoint(chat, role) || maySendAway(chat, role))
  const seen = messenger.presence.of(person.id) ?? person.lastSeen
  const name = nameOf(person, say('deletedPerson'))
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
          <span class="row-title">{name}</span>
          <span class="row-summary">{dates.lastSeen(seen, desk.nowMs)}</span>
        </span>
        {role !== 'member' && <span class="person-role">{say(`role.${role}`)}</span>}
      </button>
      {mayLead && (
        <button
          type="button"
          class="tool"
          aria-label={say('member.menu', { name })}
          aria-expanded={isOpen}
          onClick={() => open(!isOpen)}
        >
          <Icon name="ellipsis" />
        </button>
      )}
      {mayLead && isOpen && <Lead {...props} name={name} />}
    </li>
  )
}

type LeadProps = RowProps & { readonly name: string }

function Lead(props: LeadProps): VNode {
  const { chat, member } = props
  const { say } = useHands().desk
  const deeds = useLeading(props)
  const { role, user } = member
  return (
    <div class="person-tools">
      {!user.deleted && mayAppoint(chat, role) && (
        <Tool icon="shield-alert" label={say('member.promote')} run={deeds.setRights} />
      )}
      {maySetRights(chat, role) && (
        <>
          <Tool icon="shield-alert" label={say('member.rights')} run={deeds.setRights} />
          <Tool icon="undo-2" label={say('member.demote')} run={deeds.dismiss} />
        </>
      )}
      {!user.deleted && mayHandOver(chat, role) && (
        <Tool icon="user-plus" label={say('member.own')} run={deeds.handOver} />
      )}
      {maySendAway(chat, role) && (
        <>
          <Tool icon="log-out" label={say('member.remove')} run={deeds.remove} isBad />
          <Tool icon="ban" label={say('member.ban')} run={deeds.ban} isBad />
        </>
      )}
    </div>
  )
}

type ToolProps = {
  readonly icon: string
  readonly label: string
  readonly run: () => void
  readonly isBad?: boolean
}

function Tool({ icon, label, run, isBad = false }: ToolProps): VNode {
  return (
    <button type="button" class={isBad ? 'pop-item pop-bad' : 'pop-item'} onClick={run}>
      <Icon name={icon} size={18} />
      {label}
    </button>
  )
}

/** What is done with a member; each is asked about by name before it is done. */
function useLeading({ chat, list, member, gone, name }: LeadProps) {
  const { desk } = useHands()
  const { say } = desk
  const { user, role, rights } = member
  const ask = (what: string, run: () => void, about: string = chat.type): void =>
    desk.open({
      kind: 'confirm',
      question: {
        title: say(`member.${what}.ask`, { name }),
        text: say(`member.${what}.text.${about}`, { name }),
        label: say(`member.${what}.do`),
        run,
      },
    })
  const isOfBlog = chat.blogOf === desk.messenger.self.id
  const sendAway = async (ban: boolean): Promise<void> => {
    if (!(await list.remove(user, ban))) return
    desk.tell(say(ban ? 'member.banned' : 'member.removed', { name }))
    gone()
  }
  const dismiss = (): void => ask('demote', () => void list.setRole(user, 'member'))
  return {
    dismiss,
    setRights: () =>
      desk.open({
        kind: 'rights',
        chat: chat.id,
        appointment: {
          person: user,
          rights: role === 'admin' ? rights : null,
          save: (chosen) => list.setRole(user, 'admin', chosen),
          dismiss,
        },
      }),
    handOver: () =>
      ask('own', () => void list.setRole(user, 'owner'), isOfBlog ? 'blog' : chat.type),
    remove: () => ask('remove', () => void sendAway(false)),
    ban: () => ask('ban', () => void sendAway(true)),
  }
}
