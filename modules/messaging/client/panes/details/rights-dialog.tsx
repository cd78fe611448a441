import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat, Rights } from '../../protocol/dto.ts'
import type { Appointment } from '../../desk/over.ts'
import { useHands } from '../../desk/use-desk.ts'
import { nameOf } from '../../store/effects.ts'
import { Dialog } from '../over/overlay.tsx'

const IN_CHANNELS = [
  'post',
  'editOthers',
  'deleteOthers',
  'pin',
  'changeInfo',
  'invite',
  'ban',
  'promote',
] as const satisfies readonly (keyof Rights)[]
/** There every admin writes, and nobody changes what others have said. */
const IN_GROUPS = IN_CHANNELS.filter((right) => right !== 'post' && right !== 'editOthers')
/** What a new admin is offered: everything but making admins. */
const USUAL: Rights = {
  post: true,
  editOthers: true,
  deleteOthers: true,
  pin: true,
  changeInfo: true,
  invite: true,
  ban: true,
  promote: false,
}
const FORM = 'rights'

type RightsDialogProps = Appointment & { readonly chat: Chat }

/** What an admin may do; nobody gives more than they have. */
export function RightsDialog(props: RightsDialogProps): VNode {
  const { chat, person, rights, save, dismiss } = props
  const { desk } = useHands()
  const { say } = desk
  const own = chat.me?.rights ?? USUAL
  const [chosen, choose] = useState<Rights>(rights ?? within(own))
  const [isBusy, setBusy] = useState(false)
  const name = nameOf(person, say('deletedPerson'))
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    setBusy(true)
    const isDone = await save(chosen)
    setBusy(false)
    if (isDone) desk.open(undefined)
  }
  return (
    <Dialog
      title={say(rights ? 'rights.title' : 'rights.new', { name })}
      class="dialog-small"
      foot={
        <>
          {rights && (
            <button type="button" class="button button-line" onClick={dismiss}>
              {say('member.demote')}
            </button>
          )}
          <button type="submit" form={FORM} class="button button-primary" disabled={isBusy}>
            {say(rights ? 'chat.edit.save' : 'rights.appoint')}
          </button>
        </>
      }
    >
      <form id={FORM} class="fields" onSubmit={(event) => void submit(event)}>
        <Switches chat={chat} own={own} chosen={chosen} choose={choose} />
      </form>
    </Dialog>
  )
}

type SwitchesProps = {
  readonly chat: Chat
  readonly own: Rights
  readonly chosen: Rights
  readonly choose: (rights: Rights) => void
}

function Switches({ chat, own, chosen, choose }: SwitchesProps): VNode {
  const { say } = useHands().desk
  const offered = chat.type === 'channel' ? IN_CHANNELS : IN_GROUPS
  return (
    <fieldset class="switches">
      <legend>{say('rights')}</legend>
      {offered.map((right) => (
        <label key={right} class="switch">
          <span>{say(`right.${right}`)}</span>
          <input
            type="checkbox"
            role="switch"
            checked={chosen[right]}
            disabled={!own[right]}
            onChange={(event) => choose({ ...chosen, [right]: event.currentTarget.checked })}
          />
        </label>
      ))}
      {!offered.every((right) => own[right]) && <p class="switches-note">{say('rights.own')}</p>}
    </fieldset>
  )
}

function within(own: Rights): Rights {
  const names = Object.keys(USUAL) as (keyof Rights)[]
  return Object.fromEntries(
    names.map((name) => [name, USUAL[name] && own[name]]),
  ) as unknown as Rights
}
