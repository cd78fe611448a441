import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Chat } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { durationText } from '../../look/dates.ts'
import { Icon } from '../../look/icon.tsx'
import type { Recording } from './recording.ts'

type RecorderProps = { readonly chat: Chat; readonly recording: Recording }

/** Begins a voice message. */
export function RecordButton({ recording }: RecorderProps): VNode {
  const { desk } = useHands()
  return (
    <button
      type="button"
      class="send send-voice"
      aria-label={desk.say('record')}
      onClick={() => void start()}
    >
      <Icon name="mic" size={22} />
    </button>
  )

  async function start(): Promise<void> {
    const failure = await recording.start()
    if (failure) desk.tell(desk.say(`record.${failure}`))
  }
}

/** In place of the field while one speaks: how long it is, and whether to send it. */
export function Recorder({ chat, recording }: RecorderProps): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const { presence } = desk.messenger
  const sending = useRef<HTMLButtonElement>(null)
  useWatched(recording)
  /* Before it is seen: whoever presses Esc then stops the recording, and leaves nothing else. */
  useLayoutEffect(() => sending.current?.focus(), [])
  useEffect(() => {
    presence.write(chat.id, 'voice')
  }, [Math.floor(recording.ms / 2_000)])
  useEffect(() => () => presence.rest(chat.id), [])
  return (
    <div
      class="recorder"
      role="group"
      aria-label={say('record.now')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        recording.cancel()
      }}
    >
      <button
        type="button"
        class="tool"
        aria-label={say('record.cancel')}
        onClick={() => recording.cancel()}
      >
        <Icon name="trash-2" size={22} />
      </button>
      <span class="recorder-dot" aria-hidden="true" />
      <span class="recorder-time" role="timer">
        {durationText(recording.ms)}
      </span>
      <span class="recorder-words" role="status">
        {say('record.now')}
      </span>
      <button
        type="button"
        class="send"
        aria-label={say('record.send')}
        ref={sending}
        onClick={() => void send()}
      >
        <Icon name="arrow-up" size={22} />
      </button>
    </div>
  )

  async function send(): Promise<void> {
    const file = await recording.finish()
    if (file) await deeds.send(chat.id, '', [file])
    else desk.tell(say('record.short'))
  }
}
