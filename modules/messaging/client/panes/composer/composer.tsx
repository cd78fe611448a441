import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { MAX_TYPED } from '../../../text/limits.ts'
import type { Chat } from '../../protocol/dto.ts'
import { mayAttach } from '../../desk/may.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { AttachButton } from './attach-button.tsx'
import { CharsLeft } from './chars-left.tsx'
import { ContextBar, DraftOffer } from './context-bar.tsx'
import { EmojiButton } from './emoji-button.tsx'
import { FormatBar } from './format-bar.tsx'
import type { Mark } from './marking.ts'
import { MentionList } from './mention-list.tsx'
import { penOf } from './pen.ts'
import { filesOf } from './picking.ts'
import { RecordButton, Recorder } from './recorder.tsx'
import { Recording } from './recording.ts'
import { sends } from './sends.ts'
import { SlowButton } from './slow-button.tsx'
import { Writing } from './writing.ts'

/** Where one writes. Whoever draws it anew for another chat gives it another key. */
export function Composer({ chat }: { readonly chat: Chat }): VNode {
  const hands = useHands()
  const { desk } = hands
  const writing = useMemo(() => new Writing(hands, chat), [])
  const recording = useMemo(() => new Recording(), [])
  const [hasFormats, showFormats] = useState(false)
  const { drafts, edits, slowMode } = desk.messenger
  useWatched(desk, drafts, edits, slowMode, writing, recording)
  useEffect(() => () => recording.cancel(), [])
  useLayoutEffect(() => writing.resume(), [])
  /* The words of a change are put away before an answer is kept with those of the draft. */
  useEffect(() => writing.edit(desk.editing), [desk.editing])
  useAnswer(chat.id, writing)
  useEffect(() => writing.followEdit(), [edits.of(chat.id)])
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        writing.send()
      }}
      onPaste={(event) => {
        const files = filesOf(event.clipboardData)
        if (files.length === 0 || !desk.can('media') || !mayAttach(chat)) return
        event.preventDefault()
        desk.open({ kind: 'files', files })
      }}
    >
      <DraftOffer chat={chat} take={(words) => writing.put(words)} />
      <ContextBar />
      {(hasFormats || writing.hasSelected) && <FormatBar mark={(mark) => writing.mark(mark)} />}
      {writing.mention && (
        <MentionList
          chat={chat}
          query={writing.mention.query}
          choose={(username) => writing.chooseMention(username)}
        />
      )}
      {recording.isOn && <Recorder chat={chat} recording={recording} />}
      <div class="composer-row" hidden={recording.isOn}>
        {!desk.editing && <AttachButton chat={chat} />}
        <Field chat={chat} writing={writing} />
        <CharsLeft typed={writing.text} />
        <button
          type="button"
          class="tool desktop-only"
          aria-label={desk.say('format')}
          aria-pressed={hasFormats}
          onClick={() => showFormats(!hasFormats)}
        >
          <Icon name="type" size={22} />
        </button>
        <EmojiButton choose={(emoji) => writing.insert(emoji)} />
        <LastButton chat={chat} writing={writing} recording={recording} />
      </div>
    </form>
  )
}

/** What is answered is kept with the draft, and shown again when that is there again. */
function useAnswer(chat: string, writing: Writing): void {
  const { desk } = useHands()
  const kept = desk.messenger.drafts.of(chat)?.replySeq ?? null
  const isNew = useRef(true)
  useEffect(() => writing.followAnswer(), [kept, desk.editing])
  useEffect(() => {
    if (!isNew.current) writing.keepAnswer()
    isNew.current = false
  }, [desk.answering, desk.quote])
}

type LastProps = FieldProps & { readonly recording: Recording }

/** Sends what is typed; where nothing is, begins to record. */
function LastButton({ chat, writing, recording }: LastProps): VNode {
  const { desk } = useHands()
  if (writing.secondsLeft > 0) return <SlowButton seconds={writing.secondsLeft} />
  const isEmpty = writing.text.trim() === '' && desk.editing === undefined
  const maySpeak = isEmpty && desk.can('voice') && mayAttach(chat) && Recording.isPossible
  if (maySpeak) return <RecordButton chat={chat} recording={recording} />
  return <SendButton maySend={writing.maySend} />
}

type FieldProps = { readonly chat: Chat; readonly writing: Writing }

function Field({ chat, writing }: FieldProps): VNode {
  const { desk } = useHands()
  const { drafts } = desk.messenger
  const area = useRef<HTMLTextAreaElement>(null)
  const label = desk.say(chat.type === 'channel' ? 'composer.channel' : 'composer')
  const kept = drafts.of(chat.id)?.replySeq ?? null
  useEffect(() => {
    writing.hold(area.current && penOf(area.current))
    if (matchMedia('(pointer: fine)').matches) area.current?.focus()
    const isByTouch = matchMedia('(pointer: coarse)').matches
    /* Where there is no room for the button, what is selected brings the marks. */
    const look = (): void => writing.look(document.activeElement === area.current)
    if (isByTouch) document.addEventListener('selectionchange', look)
    return () => {
      document.removeEventListener('selectionchange', look)
      drafts.focus(undefined)
      drafts.keepNow()
    }
  }, [])
  useEffect(
    () => writing.follow(document.activeElement === area.current),
    [drafts.of(chat.id), desk.over],
  )
  useEffect(() => {
    /* What comes back with a draft was not chosen now: the keyboard of a phone stays down. */
    if (desk.answering && desk.answering.seq !== kept) area.current?.focus()
  }, [desk.answering])
  useEffect(() => grow(area.current), [writing.text])
  return (
    <textarea
      ref={area}
      id="composer"
      rows={1}
      dir="auto"
      value={writing.text}
      maxLength={MAX_TYPED}
      placeholder={label}
      aria-label={label}
      enterkeyhint="send"
      onInput={(event) => writing.type(event.currentTarget.value)}
      onKeyDown={(event) => press(event, writing, desk.editing !== undefined)}
      onFocus={() => drafts.focus(chat.id)}
      onBlur={() => drafts.focus(undefined)}
    />
  )
}

const MARKS: Readonly<Record<string, Mark>> = { KeyB: 'bold', KeyI: 'italic' }
const SHIFT_MARKS: Readonly<Record<string, Mark>> = {
  KeyX: 'strike',
  KeyM: 'code',
  KeyP: 'spoiler',
}

function press(event: KeyboardEvent, writing: Writing, isEditing: boolean): void {
  if (event.isComposing) return
  const marks = event.shiftKey ? SHIFT_MARKS : MARKS
  const mark = event.ctrlKey || event.metaKey ? marks[event.code] : undefined
  if (mark) {
    event.preventDefault()
    writing.mark(mark)
  } else if (sends(event)) {
    event.preventDefault()
    writing.send()
  } else if (event.key === 'ArrowUp' && writing.text === '' && !isEditing) {
    event.preventDefault()
    void writing.editLast()
  }
}

function grow(area: HTMLTextAreaElement | null): void {
  if (!area || CSS.supports('field-sizing', 'content')) return
  area.style.blockSize = 'auto'
  area.style.blockSize = `${area.scrollHeight}px`
}

function SendButton({ maySend }: { readonly maySend: boolean }): VNode {
  const { desk } = useHands()
  const isEditing = desk.editing !== undefined
  return (
    <button
      type="submit"
      class={maySend ? 'send' : 'send send-idle'}
      disabled={!maySend}
      aria-label={desk.say(isEditing ? 'edit.save' : 'send')}
    >
      <Icon name={isEditing ? 'check' : 'arrow-up'} size={22} />
    </button>
  )
}
