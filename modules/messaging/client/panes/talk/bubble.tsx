import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { Attachment, Chat, Message } from '../../protocol/dto.ts'
import type { Over } from '../../desk/over.ts'
import { mayKnowWho } from '../../desk/may.ts'
import { type Hands, useHands } from '../../desk/use-desk.ts'
import { isEmojiAlone, isOnlyEmoji } from '../../look/emoji-alone.ts'
import { hueOf } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { RichText } from '../../look/rich-text.tsx'
import { nameOf } from '../../store/effects.ts'
import { goneOf } from '../../store/gone-of.ts'
import { Album } from './album.tsx'
import { FileLine } from './file-line.tsx'
import { Meta } from './meta.tsx'
import { PostCardView } from './post-card.tsx'
import { PreviewCard } from './preview-card.tsx'
import { emojiAt, Reactions } from './reactions.tsx'
import { ReplyLine } from './reply-line.tsx'
import { useSwipe } from './swipe.ts'
import { VoiceLine } from './voice-line.tsx'

type BubbleProps = {
  readonly message: Message
  readonly dataKey: string
  readonly chat: Chat
  readonly isOwn: boolean
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly isNewest: boolean
  readonly isFlashing: boolean
  readonly isRead: boolean
  readonly isSelected: boolean
  readonly isSelecting: boolean
  readonly meant: ReadonlySet<string>
}

const MENU_KEYS = new Set(['ContextMenu', 'Enter'])

/** One message, with everything that can be in it. */
export function Bubble(props: BubbleProps): VNode {
  const { message, chat, isOwn, isSelecting, isSelected } = props
  const hands = useHands()
  const { desk } = hands
  const row = useRef<HTMLDivElement>(null)
  useSwipe(row, {
    answer: () => desk.answer(message),
    hold: (x, y, target) => desk.open(pointedAt(props, target, { x, y })),
  })
  const sender = desk.messenger.book.person(message.sender)
  return (
    <div
      ref={row}
      class={rowClass(props)}
      role="listitem"
      data-key={props.dataKey}
      data-seq={message.seq}
      tabIndex={props.isNewest ? 0 : -1}
      onContextMenu={(event) => {
        if (isOnLink(event.target)) return
        event.preventDefault()
        desk.open(pointedAt(props, event.target, { x: event.clientX, y: event.clientY }))
      }}
      onClick={(event) => isSelecting && select(event)}
      onDblClick={(event) => event.target === event.currentTarget && desk.answer(message)}
      onKeyDown={(event) => openByKey(event, hands, message)}
    >
      {isSelecting && (
        <span class="row-check">
          <Icon name={isSelected ? 'circle-check' : 'circle'} size={22} />
          {isSelected && <span class="visually-hidden">{desk.say('isSelected')}</span>}
        </span>
      )}
      <div class={bubbleClass(props)}>
        <span class="visually-hidden">
          {isOwn ? desk.say('you') : nameOf(sender, desk.say('somebody'))}:{' '}
        </span>
        {props.isFirst && !isOwn && chat.type === 'group' && (
          <p class={`bubble-name hue-${hueOf(sender?.username ?? '')}`}>
            {nameOf(sender, desk.say('deletedPerson'))}
          </p>
        )}
        <Content {...props} />
      </div>
    </div>
  )

  function select(event: MouseEvent): void {
    event.preventDefault()
    event.stopPropagation()
    if (event.shiftKey) desk.selectTo(message.seq, shownBeside(row.current))
    else desk.select(message.seq)
  }
}

/** The menu of the message, or on the chip of a reaction who has reacted so. */
function pointedAt(
  { chat, message }: Pick<BubbleProps, 'chat' | 'message'>,
  target: EventTarget | null,
  at: { readonly x: number; readonly y: number },
): Over {
  const emoji = mayKnowWho(chat) ? emojiAt(target) : undefined
  const about = { message, ...at }
  if (emoji === undefined) return { kind: 'message', ...about }
  return { kind: 'who', part: { emoji }, ...about }
}

function Content({ message, chat, isOwn, isRead, meant }: BubbleProps): VNode {
  const hands = useHands()
  const { text, reactions, preview, post } = message
  const hasReactions = reactions.length > 0
  const on = groundOf(message)
  const gone = goneOf(message)
  const meta = <Meta message={message} isOwn={isOwn} isRead={isRead} on={on} type={chat.type} />
  const isInText = text !== '' && !hasReactions && !preview
  return (
    <>
      <Origin message={message} />
      <Media message={message} />
      {post && <PostCardView post={post} />}
      {gone && <p class="bubble-gone">{hands.desk.say(gone)}</p>}
      {text !== '' && <Words message={message} meant={meant} meta={isInText && meta} />}
      {preview && <PreviewCard message={message} preview={preview} />}
      {hasReactions && <Reactions message={message}>{meta}</Reactions>}
      {!hasReactions && !isInText && meta}
    </>
  )
}

/** Where it comes from, and what it answers. */
function Origin({ message }: { readonly message: Message }): VNode {
  const { forward, reply, chat } = message
  return (
    <>
      {forward && <ForwardLine message={message} />}
      {reply && <ReplyLine reply={reply} chat={chat} />}
    </>
  )
}

type WordsProps = {
  readonly message: Message
  readonly meant: ReadonlySet<string>
  /** Floats into the last line. */
  readonly meta: VNode | false
}

function Words({ message, meant, meta }: WordsProps): VNode {
  const { say } = useHands().desk
  const { text, entities } = message
  return (
    <div class={isOnlyEmoji(text) ? 'bubble-text bubble-emoji' : 'bubble-text'} dir="auto">
      <RichText text={text} entities={entities} meant={meant} spoilerLabel={say('spoiler')} />
      {meta}
    </div>
  )
}

function Media({ message }: { readonly message: Message }): VNode {
  const pictures = message.media.filter(isPicture)
  return (
    <>
      {pictures.length > 0 && <Album media={pictures} message={message} />}
      {message.media.map((each) =>
        each.kind === 'file' ? (
          <FileLine key={each.id} media={each} />
        ) : each.kind === 'voice' ? (
          <VoiceLine key={each.id} media={each} />
        ) : null,
      )}
    </>
  )
}

function isPicture({ kind }: Attachment): boolean {
  return kind === 'photo' || kind === 'video'
}

function hasAlbum({ media }: Message): boolean {
  return media.some(isPicture)
}

function ForwardLine({ message }: { readonly message: Message }): VNode {
  const { desk } = useHands()
  const { forward } = message
  const place = forward?.chat && forward.seq ? { chat: forward.chat, seq: forward.seq } : undefined
  const words = forward?.deleted
    ? desk.say('forwarded.deleted')
    : desk.say('forwarded', { name: forward?.name ?? '' })
  return (
    <p class="bubble-forward">
      <Icon name="forward" size={14} />
      {place ? (
        <button type="button" onClick={() => desk.show(place.chat, place.seq)}>
          {words}
        </button>
      ) : (
        words
      )}
    </p>
  )
}

function rowClass({ isOwn, isFlashing, isSelected }: BubbleProps): string {
  const flash = isFlashing ? ' talk-flash' : ''
  return `talk${isOwn ? ' talk-own' : ''}${flash}${isSelected ? ' talk-selected' : ''}`
}

function bubbleClass({ message, isFirst, isLast }: BubbleProps): string {
  const { post } = message
  const hasPictures = hasAlbum(message)
  return [
    'bubble',
    isFirst ? 'bubble-first' : '',
    isLast ? 'bubble-last' : '',
    hasPictures ? 'bubble-media' : '',
    isAlbumAlone(message) ? 'bubble-bare' : '',
    post ? 'bubble-post' : '',
    isPlainFile(message) ? 'bubble-file' : '',
    isLoose(message) ? 'bubble-loose' : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** Nothing but pictures: there is no bubble around them. */
function isAlbumAlone({ media, text }: Message): boolean {
  return text === '' && media.length > 0 && media.every(isPicture)
}

/** What the time stands on where it is not the bubble. */
function groundOf(message: Message): 'wall' | 'picture' | undefined {
  if (isLoose(message)) return 'wall'
  return isAlbumAlone(message) && message.reactions.length === 0 ? 'picture' : undefined
}

function isLoose({ media, ...said }: Message): boolean {
  return isEmojiAlone({ ...said, files: media.length })
}

/** A file or a voice alone: the time stands beside its size. */
function isPlainFile({ media, text, reactions }: Message): boolean {
  const [only] = media
  const isFile = only?.kind === 'file' || only?.kind === 'voice'
  return isFile && media.length === 1 && text === '' && reactions.length === 0
}

function isOnLink(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a[href^="http"]') !== null
}

/** Menu key, Shift F10 or Enter open the menu; space selects; R answers; arrows walk. */
function openByKey(event: KeyboardEvent, hands: Hands, message: Message): void {
  const { currentTarget: element } = event
  if (event.target !== element || !(element instanceof HTMLElement)) return
  const deed = deedOf(event, hands, { element, message })
  if (!deed) return
  event.preventDefault()
  deed()
}

type At = { readonly element: HTMLElement; readonly message: Message }

function deedOf(event: KeyboardEvent, { desk }: Hands, at: At): (() => void) | undefined {
  const { element, message } = at
  const { key } = event
  if (MENU_KEYS.has(key) || (key === 'F10' && event.shiftKey)) {
    const box = element.querySelector('.bubble')?.getBoundingClientRect() ?? new DOMRect()
    return () => desk.open({ kind: 'message', message, x: box.left + 24, y: box.bottom - 12 })
  }
  if (key === ' ') return () => desk.select(message.seq)
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  if (event.code === 'KeyR') return () => desk.answer(message)
  const step = { ArrowUp: -1, ArrowDown: 1 }[key]
  return step !== undefined ? () => neighbour(element, step)?.focus() : undefined
}

/** The numbers of all messages that are drawn. */
function shownBeside(element: HTMLElement | null): number[] {
  const all = element?.closest('.wall-content')?.querySelectorAll<HTMLElement>('.talk[data-seq]')
  return [...(all ?? [])].map(({ dataset }) => Number(dataset['seq']))
}

function neighbour(element: HTMLElement, step: number): HTMLElement | undefined {
  const all = [...(element.closest('.wall-content')?.querySelectorAll<HTMLElement>('.talk') ?? [])]
  return all[all.indexOf(element) + step]
}
