import type { VNode } from 'preact'
import { MAX_TEXT } from '../../../text/limits.ts'
import { useHands } from '../../desk/use-desk.ts'
import { isEmojiAlone, isOnlyEmoji } from '../../look/emoji-alone.ts'
import { Icon } from '../../look/icon.tsx'
import { RichText } from '../../look/rich-text.tsx'
import type { Say } from '../../look/words.ts'
import type { Outgoing, OutgoingFile } from '../../store/outbox.ts'
import { parseText } from './local-echo.ts'
import { ReplyLine } from './reply-line.tsx'

type OutgoingBubbleProps = {
  readonly item: Outgoing
  readonly chat: string
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly isNewest: boolean
}

/** A message on its way: shown at once, and until it has arrived or is given up. */
export function OutgoingBubble(props: OutgoingBubbleProps): VNode {
  const { item, chat } = props
  const { desk } = useHands()
  const words = parseText(item.edited ?? item.text)
  const isFailed = item.state === 'failed'
  const isLoose = !isFailed && isEmojiAlone({ ...item, ...words, files: item.files.length })
  return (
    <div
      class="talk talk-own"
      role="listitem"
      data-key={item.cid}
      data-state={item.state}
      tabIndex={props.isNewest ? 0 : -1}
      onContextMenu={(event) => {
        event.preventDefault()
        desk.open({ kind: 'outgoing', item, x: event.clientX, y: event.clientY })
      }}
    >
      <div class={bubbleClass(props, isLoose)}>
        {item.reply && <ReplyLine reply={item.reply} chat={chat} />}
        {item.files.length > 0 && (
          <Files item={item} progress={desk.messenger.outbox.progress(item.cid)} />
        )}
        <Words item={item} words={words} isLoose={isLoose} />
      </div>
      {isFailed && <Failure item={item} />}
    </div>
  )
}

function bubbleClass({ item, isFirst, isLast }: OutgoingBubbleProps, isLoose: boolean): string {
  return [
    'bubble',
    isFirst ? 'bubble-first' : '',
    isLast ? 'bubble-last' : '',
    item.files.some(isPicture) ? 'bubble-media' : '',
    isLoose ? 'bubble-loose' : '',
  ]
    .filter(Boolean)
    .join(' ')
}

type WordsProps = {
  readonly item: Outgoing
  readonly words: ReturnType<typeof parseText>
  readonly isLoose: boolean
}

function Words({ item: { at, state }, words: { text, entities }, isLoose }: WordsProps): VNode {
  const { say, dates } = useHands().desk
  const isFailed = state === 'failed'
  return (
    <div class={isOnlyEmoji(text) ? 'bubble-text bubble-emoji' : 'bubble-text'} dir="auto">
      <RichText text={text} entities={entities} spoilerLabel={say('spoiler')} />
      <span class={isLoose ? 'talk-meta talk-meta-loose' : 'talk-meta'}>
        <time dateTime={at}>{dates.time(at)}</time>
        <span class={isFailed ? 'talk-tick talk-tick-failed' : 'talk-tick'}>
          <Icon name={isFailed ? 'circle-alert' : 'clock'} size={16} />
          <span class="visually-hidden">{say(isFailed ? 'state.failed' : 'state.waiting')}</span>
        </span>
      </span>
    </div>
  )
}

function isPicture({ mime, thumb }: OutgoingFile): boolean {
  return mime.startsWith('image/') && thumb !== undefined
}

function Files({
  item,
  progress,
}: {
  readonly item: Outgoing
  readonly progress: number | undefined
}): VNode {
  const { desk } = useHands()
  const percent = Math.round((progress ?? 0) * 100)
  const pictures = item.files.filter(isPicture)
  return (
    <div class="outgoing-files">
      {pictures.length > 0 && (
        <div class={`album album-${Math.min(5, pictures.length)}`}>
          {pictures.slice(0, 5).map((file) => (
            <span class="album-tile" key={file.name}>
              <img src={file.thumb} alt={file.name} />
            </span>
          ))}
        </div>
      )}
      {item.files
        .filter((file) => !isPicture(file))
        .map((file) => (
          <span class="file" key={file.name}>
            <span class="file-circle">
              <Icon name={file.voice ? 'mic' : 'file-text'} size={22} />
            </span>
            <span class="file-words">
              <span class="file-name">{file.name}</span>
            </span>
          </span>
        ))}
      {item.state !== 'failed' && (
        <button
          type="button"
          class="upload-mark"
          aria-label={desk.say('upload.cancel', { percent })}
          onClick={() => void desk.messenger.outbox.remove(item.cid)}
        >
          <progress max={100} value={percent} aria-hidden="true" />
          <Icon name="x" size={18} />
          <span>{percent} %</span>
        </button>
      )}
    </div>
  )
}

/** In the language of the page, where the answer was in that of an earlier one. */
function reasonOf(say: Say, { code = '', reason = '' }: Outgoing): string {
  const key = `refused.${code}`
  const words = say(key, { max: MAX_TEXT })
  return words === key ? reason : words
}

function Failure({ item }: { readonly item: Outgoing }): VNode {
  const { desk, deeds } = useHands()
  const { say, messenger } = desk
  return (
    <p class="talk-failure" role="alert">
      <span>{say('failed', { reason: reasonOf(say, item) })}</span>
      <button type="button" onClick={() => void messenger.outbox.retry(item.cid)}>
        {say('retry')}
      </button>
      {item.text !== '' && (
        <button type="button" onClick={() => void deeds.copy(item.text)}>
          {say('copy')}
        </button>
      )}
      <button type="button" onClick={() => void messenger.outbox.remove(item.cid)}>
        {say('remove')}
      </button>
    </p>
  )
}
