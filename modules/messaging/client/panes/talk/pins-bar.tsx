import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Chat, Message } from '../../protocol/dto.ts'
import type { Desk } from '../../desk/desk.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { mayPin } from '../../desk/may.ts'
import { summaryOf } from '../list/summary.tsx'

/** Pinned messages: a press goes to the one that is shown, and shows the one before; all of several are listed. */
export function PinsBar({ chat }: { readonly chat: Chat }): VNode | null {
  const hands = useHands()
  const { desk } = hands
  const { say } = desk
  const seqs = chat.pinnedSeqs
  const [at, setAt] = useState(0)
  const [message, setMessage] = useState<Message>()
  const index = Math.min(at, seqs.length - 1)
  const seq = seqs[index]
  useEffect(() => {
    if (seq === undefined) return
    let isStale = false
    const find = async (): Promise<void> => {
      const found = await pinnedMessage(desk, chat.id, seq)
      if (!isStale) setMessage(found)
    }
    find().catch(() => !isStale && setMessage(undefined))
    return () => void (isStale = true)
  }, [seq, chat.id])
  if (seq === undefined) return null
  return (
    <div class="pins">
      <button
        type="button"
        class="pins-go"
        onClick={() => {
          desk.show(chat.id, seq)
          setAt((index + 1) % seqs.length)
        }}
      >
        <span class="pins-bars" aria-hidden="true">
          {seqs.slice(0, 4).map((each, place) => (
            <i key={each} class={place === Math.min(index, 3) ? 'on' : undefined} />
          ))}
        </span>
        <span class="pins-words">
          <strong>
            {seqs.length === 1
              ? say('pinned')
              : say('pinned.of', { number: seqs.length - index, count: seqs.length })}
          </strong>
          <span dir="auto">{message ? summaryOf(hands, message) : ' '}</span>
        </span>
      </button>
      <PinsTool chat={chat} seq={seq} count={seqs.length} />
    </div>
  )
}

type PinsToolProps = { readonly chat: Chat; readonly seq: number; readonly count: number }

/** Several are listed; a single one is taken out at once. */
function PinsTool({ chat, seq, count }: PinsToolProps): VNode | null {
  const { desk, deeds } = useHands()
  const isList = count > 1
  if (!isList && !mayPin(chat)) return null
  return (
    <button
      type="button"
      class="tool"
      aria-label={isList ? desk.say('pins.all', { count }) : desk.say('unpin')}
      onClick={() => {
        if (isList) desk.open({ kind: 'pins', chat: chat.id })
        else void deeds.unpin(chat.id, seq)
      }}
    >
      <Icon name={isList ? 'list' : 'x'} />
    </button>
  )
}

/** Undefined for what this person does not see. @throws where the station cannot be asked. */
async function pinnedMessage(
  { messenger }: Desk,
  chat: string,
  seq: number,
): Promise<Message | undefined> {
  const AROUND = 10
  const history = await messenger.histories.of(chat)
  const here = await history.find(seq)
  if (!here) await history.around(seq, AROUND)
  const found = here ?? (await history.find(seq))
  return found?.deleted ? undefined : found
}
