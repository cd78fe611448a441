import type { VNode } from 'preact'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import type { Invite, InviteList } from './invite-list.ts'
import { NewInvite } from './new-invite.tsx'

type OfList = {
  readonly list: InviteList
  /** What was pressed is not there any more. */
  readonly goneFrom: () => void
}

/** Links that let people in; asked for when it is opened. */
export function InviteLinks({ list, goneFrom }: OfList): VNode {
  const { desk } = useHands()
  return (
    <details
      class="details-part details-fold"
      onToggle={(event) => event.currentTarget.open && void list.load()}
    >
      <summary>
        <Icon name="link" size={18} />
        {desk.say('invites')}
      </summary>
      <ul class="invites">
        {list.invites.map((invite) => (
          <InviteRow key={invite.token} list={list} invite={invite} goneFrom={goneFrom} />
        ))}
      </ul>
      <NewInvite list={list} />
    </details>
  )
}

function InviteRow({ list, invite, goneFrom }: OfList & { readonly invite: Invite }): VNode {
  const hands = useHands()
  const { desk, deeds } = hands
  const { say } = desk
  const address = `${location.host}${invite.path}`
  const revoke = (): void =>
    desk.open({
      kind: 'confirm',
      question: {
        title: say('invite.revoke.ask'),
        text: say('invite.revoke.text', { address }),
        label: say('invite.revoke.do'),
        run: () => void list.revoke(invite).then(goneFrom),
      },
    })
  return (
    <li>
      <span class="row-words">
        <span class="invite-path">{address}</span>
        <span class="row-summary">{describe(hands, invite)}</span>
      </span>
      <button
        type="button"
        class="tool"
        aria-label={say('copy.link')}
        onClick={() => void deeds.copy(location.origin + invite.path)}
      >
        <Icon name="copy" size={18} />
      </button>
      <button
        type="button"
        class="tool tool-bad"
        aria-label={say('invite.revoke')}
        onClick={revoke}
      >
        <Icon name="trash-2" size={18} />
      </button>
    </li>
  )
}

function describe({ desk }: Hands, { uses, maxUses, expiresAt, approval }: Invite): string {
  const { say, dates } = desk
  const now = desk.nowMs
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= now
  const until =
    expiresAt === null ? '' : say('invite.until', { date: dates.moment(expiresAt, now) })
  const used = say(approval ? 'invite.asked' : 'invite.uses', { count: uses })
  const parts = [
    maxUses === null ? used : say('invite.usesOf', { count: uses, max: maxUses }),
    isOver ? say('invite.over') : until,
    approval ? say('invite.asks') : '',
  ]
  return parts.filter(Boolean).join(' · ')
}
