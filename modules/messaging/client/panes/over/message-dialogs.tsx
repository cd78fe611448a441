import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import { mayDeleteForAll, mayWrite } from '../../desk/may.ts'
import { useHands } from '../../desk/use-desk.ts'
import type { Outgoing } from '../../store/outbox.ts'
import { ChatChooser } from './chat-chooser.tsx'
import { Dialog } from './overlay.tsx'

type OfMessages = { readonly chat: Chat; readonly seqs: readonly number[] }

/** For oneself or for everybody, where that is allowed. */
export function DeleteDialog({ chat, seqs }: OfMessages): VNode {
  const { desk, deeds } = useHands()
  const { say, messenger } = desk
  const [messages, setMessages] = useState<readonly Message[]>([])
  const [forAll, setForAll] = useState(true)
  useEffect(() => {
    void messenger.histories
      .of(chat.id)
      .then((history) => setMessages(seqs.flatMap((seq) => history.loaded(seq) ?? [])))
  }, [])
  const mayAll =
    chat.type !== 'saved' &&
    messages.length > 0 &&
    messages.every((message) => mayDeleteForAll(chat, message, messenger.self.id))
  const title = deeds.titleOf(chat)
  return (
    <Dialog
      title={say('message.remove.ask', { count: seqs.length })}
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
              void deeds.remove(chat.id, seqs, mayAll && forAll ? 'all' : 'me')
            }}
          >
            {say('remove')}
          </button>
        </>
      }
    >
      <p>{say(mayAll ? 'message.remove.text' : 'message.remove.me')}</p>
      {mayAll && (
        <label class="tickbox">
          <input
            type="checkbox"
            checked={forAll}
            onChange={(event) => setForAll(event.currentTarget.checked)}
          />
          {chat.type === 'private'
            ? say('delete.both', { name: title })
            : say('message.remove.all')}
        </label>
      )}
    </Dialog>
  )
}

export function ForwardDialog({ chat, seqs }: OfMessages): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  return (
    <Dialog title={say('forward.title', { count: seqs.length })} class="dialog-tall">
      <ChatChooser
        label={say('forward.search')}
        among={(each) => !each.me?.archived && mayWrite(each)}
        choose={(to) => {
          desk.open(undefined)
          void deeds.forward(chat.id, seqs, to)
        }}
      />
    </Dialog>
  )
}

/** Ctrl K: to another chat without the mouse. */
export function SwitchDialog(): VNode {
  const { desk } = useHands()
  return (
    <Dialog title={desk.say('switch')} class="dialog-tall">
      <ChatChooser
        label={desk.say('search')}
        among={() => true}
        choose={({ id }) => desk.show(id)}
      />
    </Dialog>
  )
}

/** To the first message of a day. */
export function DateDialog({ chat }: { readonly chat: Chat }): VNode {
  const { desk, deeds } = useHands()
  const { say, dates } = desk
  const today = dates.dayKey(new Date(desk.nowMs).toISOString())
  const [day, setDay] = useState(today)
  return (
    <Dialog
      title={say('day.jump')}
      class="dialog-small"
      foot={
        <button type="submit" form="jump-day" class="button button-primary">
          {say('day.go')}
        </button>
      }
    >
      <form id="jump-day" class="fields" onSubmit={(event) => void go(event)}>
        <label class="entry">
          <span>{say('day.label')}</span>
          <input
            class="entry-input"
            type="date"
            required
            value={day}
            min={dates.dayKey(chat.createdAt)}
            max={today}
            onInput={(event) => setDay(event.currentTarget.value)}
          />
        </label>
      </form>
    </Dialog>
  )

  async function go(event: Event): Promise<void> {
    event.preventDefault()
    const date = new Date(`${day}T00:00:00`).toISOString()
    const answer = await deeds.look('msg.at', { chat: chat.id, date })
    const { seq } = (answer ?? {}) as { seq?: number | null }
    if (seq) desk.show(chat.id, seq)
    else desk.open(undefined)
  }
}

/** Changes a message before it has been sent. */
export function EditOutgoingDialog({ item }: { readonly item: Outgoing }): VNode {
  const { desk } = useHands()
  const { say, messenger } = desk
  const [text, setText] = useState(item.edited ?? item.text)
  return (
    <Dialog
      title={say('edit.title')}
      class="dialog-small"
      foot={
        <button
          type="button"
          class="button button-primary"
          disabled={text.trim() === ''}
          onClick={() => {
            void messenger.outbox.edit(item.cid, text.trim())
            desk.open(undefined)
          }}
        >
          {say('edit.save')}
        </button>
      }
    >
      <textarea
        class="entry-input"
        rows={4}
        value={text}
        aria-label={say('composer')}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </Dialog>
  )
}
