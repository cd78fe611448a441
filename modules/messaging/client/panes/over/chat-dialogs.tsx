import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat, Person } from '../../protocol/dto.ts'
import type { Question } from '../../desk/over.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Dialog } from './overlay.tsx'
import { PeopleChooser } from './people-chooser.tsx'

type OfChat = { readonly chat: Chat }

/** Asks once more before something that cannot be undone, and names it. */
export function Confirm({ title, text, label, run }: Question): VNode {
  const { desk } = useHands()
  return (
    <Dialog
      title={title}
      class="dialog-small"
      foot={
        <>
          <button type="button" class="button button-line" onClick={() => desk.open(undefined)}>
            {desk.say('cancel')}
          </button>
          <button
            type="button"
            class="button button-bad"
            onClick={() => {
              desk.open(undefined)
              run()
            }}
          >
            {label}
          </button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  )
}

export function LeaveDialog({ chat }: OfChat): VNode {
  const { desk, deeds } = useHands()
  const title = deeds.titleOf(chat)
  return (
    <Confirm
      title={desk.say(`leave.${chat.type}.ask`, { title })}
      text={desk.say(`leave.${chat.type}.text`)}
      label={desk.say('leave.do')}
      run={() => void deeds.leave(chat.id)}
    />
  )
}

export function RemoveDialog({ chat }: OfChat): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const title = deeds.titleOf(chat)
  const isShared = chat.type === 'group' || chat.type === 'channel'
  const [forAll, setForAll] = useState(isShared)
  return (
    <Dialog
      title={say('delete.ask', { title })}
      class="dialog-small"
      foot={
        <>
          <button type="button" class="button button-line" onClick={() => desk.open(undefined)}>
            {say('cancel')}
          </button>
          <button
            type="button"
            class="button button-bad"
            onClick={() => {
              desk.open(undefined)
              void deeds.removeChat(chat.id, forAll ? 'all' : 'me')
            }}
          >
            {say('delete.do')}
          </button>
        </>
      }
    >
      <p>{say(isShared ? 'delete.shared.text' : 'delete.text')}</p>
      {chat.type === 'private' && (
        <label class="tickbox">
          <input
            type="checkbox"
            checked={forAll}
            onChange={(event) => setForAll(event.currentTarget.checked)}
          />
          {say('delete.both', { name: title })}
        </label>
      )}
    </Dialog>
  )
}

export function ClearDialog({ chat }: OfChat): VNode {
  const { desk, deeds } = useHands()
  const title = deeds.titleOf(chat)
  return (
    <Confirm
      title={desk.say('clear.ask', { title })}
      text={desk.say('clear.text')}
      label={desk.say('chat.clear')}
      run={() => void deeds.clear(chat.id)}
    />
  )
}

export function BlockDialog({ chat }: OfChat): VNode | null {
  const { desk, deeds } = useHands()
  const { peer } = chat
  if (!peer) return null
  return (
    <Confirm
      title={desk.say('block.ask', { name: peer.displayName })}
      text={desk.say('block.text')}
      label={desk.say('block.do')}
      run={() => void deeds.block(peer, true)}
    />
  )
}

const HOUR_MS = 3_600_000
const SPANS = [
  ['mute.hour', HOUR_MS],
  ['mute.8hours', 8 * HOUR_MS],
  ['mute.2days', 48 * HOUR_MS],
] as const
const FOREVER = '9999-12-31T00:00:00.000Z'

export function MuteDialog({ chat }: OfChat): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const mute = (until: string): void => {
    desk.open(undefined)
    void deeds.mute(chat.id, until)
  }
  return (
    <Dialog title={say('mute.ask', { title: deeds.titleOf(chat) })} class="dialog-small">
      <div class="chat-choices">
        {SPANS.map(([key, ms]) => (
          <button
            key={key}
            type="button"
            class="pop-item"
            onClick={() => mute(new Date(desk.nowMs + ms).toISOString())}
          >
            {say(key)}
          </button>
        ))}
        <button type="button" class="pop-item" onClick={() => mute(FOREVER)}>
          {say('mute.forever')}
        </button>
      </div>
    </Dialog>
  )
}

export function AddDialog({ chat }: OfChat): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const [people, setPeople] = useState<readonly Person[]>([])
  const toggle = (person: Person): void => {
    const isChosen = people.some(({ id }) => id === person.id)
    setPeople(isChosen ? people.filter(({ id }) => id !== person.id) : [...people, person])
  }
  return (
    <Dialog
      title={say('add.title', { title: deeds.titleOf(chat) })}
      class="dialog-tall"
      foot={
        <button
          type="button"
          class="button button-primary"
          disabled={people.length === 0}
          onClick={() => void add()}
        >
          {say('add.do', { count: people.length })}
        </button>
      }
    >
      <PeopleChooser chosen={people} toggle={toggle} />
    </Dialog>
  )

  async function add(): Promise<void> {
    const usernames = people.map(({ username }) => username)
    const answer = await deeds.look('members.add', { chat: chat.id, usernames })
    if (answer) desk.open(undefined)
  }
}
