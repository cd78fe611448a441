import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { MAX_TYPED } from '../../../text/limits.ts'
import { useHands } from '../../desk/use-desk.ts'
import { sizeText } from '../../look/dates.ts'
import { Icon } from '../../look/icon.tsx'
import type { OutgoingFile } from '../../store/outbox.ts'
import { CharsLeft, charsLeft } from '../composer/chars-left.tsx'
import { sends } from '../composer/sends.ts'
import { MAX_BYTES, MAX_FILES, pickedOf } from '../composer/picking.ts'
import { Dialog } from './overlay.tsx'

type FilesDialogProps = { readonly chat: string; readonly files: readonly File[] }

/** What was chosen, before it is sent: looked at, thinned out, given a caption. */
export function FilesDialog({ chat, files }: FilesDialogProps): VNode {
  const { desk, deeds } = useHands()
  const { say } = desk
  const { drafts } = desk.messenger
  const [chosen, setChosen] = useState<readonly OutgoingFile[]>([])
  /** Unknown until all have been looked at. */
  const [left, setLeft] = useState<number>()
  const [caption, setCaption] = useState(() => drafts.of(chat)?.text ?? '')
  useEffect(() => {
    const look = async (): Promise<void> => {
      const picked = await pickedOf(files)
      setChosen(picked)
      setLeft(files.length - picked.length)
    }
    void look()
  }, [])
  if (left === files.length) return <NothingFits count={left} />
  const maySend = chosen.length > 0 && charsLeft(caption) >= 0
  return (
    <Dialog
      title={say('files.title', {
        count: left === undefined ? Math.min(files.length, MAX_FILES) : chosen.length,
      })}
      class="dialog-files"
      foot={
        <button type="submit" form="send-files" class="button button-primary" disabled={!maySend}>
          {say('send')}
        </button>
      }
    >
      {left !== undefined && left > 0 && <LeftOut count={left} />}
      <ChosenFiles files={chosen} drop={drop} />
      <form id="send-files" onSubmit={(event) => submit(event)}>
        <Caption chat={chat} words={caption} write={setCaption} submit={submit} />
        <CharsLeft typed={caption} />
      </form>
    </Dialog>
  )

  /** With the last one there is nothing to send any more. */
  function drop(file: OutgoingFile): void {
    const rest = chosen.filter((each) => each !== file)
    if (rest.length === 0) desk.open(undefined)
    else setChosen(rest)
  }

  function submit(event: Event): void {
    event.preventDefault()
    if (!maySend) return
    desk.open(undefined)
    void deeds.send(chat, caption.trim(), chosen)
  }
}

type CaptionProps = {
  readonly chat: string
  readonly words: string
  readonly write: (words: string) => void
  readonly submit: (event: Event) => void
}

/** What is written here is the draft: it stands in the composer when nothing is sent. */
function Caption({ chat, words, write, submit }: CaptionProps): VNode {
  const { desk } = useHands()
  const { say, answering, quote } = desk
  const { drafts } = desk.messenger
  return (
    <textarea
      class="entry-input files-caption"
      rows={1}
      value={words}
      placeholder={say('files.caption')}
      aria-label={say('files.caption')}
      autofocus
      maxLength={MAX_TYPED}
      onInput={({ currentTarget: { value } }) => {
        write(value)
        const kept = drafts.of(chat)
        const seq = answering?.seq ?? kept?.replySeq ?? null
        drafts.write(chat, value, seq, answering ? quote : kept?.quote)
      }}
      onKeyDown={(event) => sends(event) && submit(event)}
      onFocus={() => drafts.focus(chat)}
      onBlur={() => drafts.focus(undefined)}
    />
  )
}

type CountProps = { readonly count: number }

function LeftOut({ count }: CountProps): VNode {
  const { say, locale } = useHands().desk
  return (
    <p class="files-left" role="alert">
      <Icon name="triangle-alert" size={18} />
      {say('files.left', { count, size: sizeText(MAX_BYTES, locale), max: MAX_FILES })}
    </p>
  )
}

function NothingFits({ count }: CountProps): VNode {
  const { desk } = useHands()
  return (
    <Dialog
      title={desk.say('files.none')}
      class="dialog-small"
      foot={
        <button type="button" class="button button-line" onClick={() => desk.open(undefined)}>
          {desk.say('close')}
        </button>
      }
    >
      <LeftOut count={count} />
    </Dialog>
  )
}

type ChosenFilesProps = {
  readonly files: readonly OutgoingFile[]
  readonly drop: (file: OutgoingFile) => void
}

function ChosenFiles({ files, drop }: ChosenFilesProps): VNode {
  const { say, locale } = useHands().desk
  return (
    <ul class="files">
      {files.map((file, index) => (
        <li key={`${file.name}${index}`}>
          {file.thumb ? (
            <img src={file.thumb} alt="" />
          ) : (
            <span class="file-circle">
              <Icon name="file-text" size={22} />
            </span>
          )}
          <span class="file-words">
            <span class="file-name">{file.name}</span>
            <span class="file-size">{sizeText(file.bytes.size, locale)}</span>
          </span>
          <button
            type="button"
            class="tool"
            aria-label={say('files.drop', { name: file.name })}
            onClick={() => drop(file)}
          >
            <Icon name="x" />
          </button>
        </li>
      ))}
    </ul>
  )
}
