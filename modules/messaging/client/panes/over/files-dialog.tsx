import type { VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { MAX_TYPED } from '../../../text/limits.ts'
import { useHands } from '../../desk/use-desk.ts'
import { sizeText } from '../../look/dates.ts'
import { Icon } from '../../look/icon.tsx'
import type { OutgoingFile } from '../../store/outbox.ts'
import { CharsLeft, charsLeft } from '../composer/chars-left.tsx'
import { MAX_BYTES, MAX_FILES, picked } from '../composer/picking.ts'
import { Dialog } from './overlay.tsx'

type FilesDialogProps = { readonly chat: string; readonly files: readonly File[] }

/** What was chosen, before it is sent: looked at, thinned out, given a caption. */
export function FilesDialog({ chat, files }: FilesDialogProps): VNode {
  const { desk, deeds } = useHands()
  const { say, locale } = desk
  const [chosen, setChosen] = useState<readonly OutgoingFile[]>([])
  const [caption, setCaption] = useState(() => desk.messenger.drafts.of(chat)?.text ?? '')
  const small = files.filter(({ size }) => size <= MAX_BYTES && size > 0)
  useEffect(() => {
    void Promise.all(small.slice(0, MAX_FILES).map(picked)).then(setChosen)
  }, [])
  const maySend = chosen.length > 0 && charsLeft(caption) >= 0
  const left = files.length - Math.min(small.length, MAX_FILES)
  return (
    <Dialog
      title={say('files.title', { count: chosen.length })}
      class="dialog-files"
      foot={
        <button type="submit" form="send-files" class="button button-primary" disabled={!maySend}>
          {say('send')}
        </button>
      }
    >
      {left > 0 && (
        <p class="files-left" role="alert">
          <Icon name="triangle-alert" size={18} />
          {say('files.left', { count: left, size: sizeText(5_242_880, locale), max: MAX_FILES })}
        </p>
      )}
      <ChosenFiles
        files={chosen}
        drop={(file) => setChosen(chosen.filter((each) => each !== file))}
      />
      <form id="send-files" onSubmit={(event) => submit(event)}>
        <input
          class="entry-input"
          value={caption}
          placeholder={say('files.caption')}
          aria-label={say('files.caption')}
          autofocus
          maxLength={MAX_TYPED}
          onInput={(event) => setCaption(event.currentTarget.value)}
        />
        <CharsLeft typed={caption} />
      </form>
    </Dialog>
  )

  function submit(event: Event): void {
    event.preventDefault()
    if (!maySend) return
    desk.open(undefined)
    void deeds.send(chat, caption.trim(), chosen)
  }
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
