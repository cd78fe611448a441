import type { VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Message, Person } from '../../protocol/dto.ts'
import { type Hands, useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { RichText } from '../../look/rich-text.tsx'
import { nameOf } from '../../store/effects.ts'
import { Gallery, type GalleryPage, type Piece } from '../../store/gallery.ts'
import { useModal } from './use-modal.ts'
import { type Point, type Sizes, Viewing } from './viewing.ts'

type ViewerProps = { readonly message: Message; readonly at: number }

const WHEEL_STEP = 1.2
const CLOSE_ZOOM = 2.5

/** All pictures of a chat, each as large as the window; wheel, arrows, swipes, Esc and back. */
export function Viewer({ message, at }: ViewerProps): VNode | null {
  const hands = useHands()
  const { desk } = hands
  const { say } = desk
  const dialog = useRef<HTMLDialogElement>(null)
  useModal(dialog)
  const gallery = useMemo(() => galleryIn(hands, message, at), [])
  const viewing = useMemo(
    () =>
      new Viewing(
        (by) => gallery.go(by),
        () => sizesIn(dialog.current),
      ),
    [],
  )
  useWatched(viewing, gallery)
  useEffect(() => void gallery.begin(), [])
  const { shown, number, count } = gallery
  if (!shown) return null
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={say('viewer', { number, count })}
      onCancel={(event) => {
        event.preventDefault()
        desk.open(undefined)
      }}
      onKeyDown={(event) => viewing.press(event.key) && event.preventDefault()}
    >
      <ViewerHead shown={shown} viewing={viewing} of={{ number, count }} />
      <Stage shown={shown} viewing={viewing} />
      {number > 1 && <Step icon="chevron-left" by={-1} viewing={viewing} />}
      {number < count && <Step icon="chevron-right" by={1} viewing={viewing} />}
      {shown.message.text !== '' && <Caption message={shown.message} />}
    </dialog>
  )
}

function sizesIn(dialog: HTMLElement | null): Sizes | undefined {
  const picture = dialog?.querySelector<HTMLElement>('.viewer-stage > img')
  if (!picture?.parentElement) return undefined
  const { width, height } = roomIn(picture.parentElement)
  return {
    picture: { x: picture.offsetWidth, y: picture.offsetHeight },
    stage: { x: width, y: height },
  }
}

/** As seen from the middle of the stage. */
function placeOf({ currentTarget, clientX, clientY }: MouseEvent): Point {
  if (!(currentTarget instanceof Element)) return { x: 0, y: 0 }
  const { x, y, width, height } = roomIn(currentTarget)
  return { x: clientX - x - width / 2, y: clientY - y - height / 2 }
}

/** What the stage leaves to the picture: its head covers a part of it. */
function roomIn(stage: Element): DOMRect {
  const { x, y, width, height } = stage.getBoundingClientRect()
  const style = getComputedStyle(stage)
  const [top, right] = [parseFloat(style.paddingTop), parseFloat(style.paddingRight)]
  const [bottom, left] = [parseFloat(style.paddingBottom), parseFloat(style.paddingLeft)]
  return new DOMRect(x + left, y + top, width - left - right, height - top - bottom)
}

function galleryIn({ desk, deeds }: Hands, message: Message, at: number): Gallery {
  const { chat } = message
  const look = async (seq: number): Promise<GalleryPage | undefined> => {
    if (!desk.can('msg.gallery')) return undefined
    const answer = await deeds.peek('msg.gallery', { chat, seq })
    if (!answer) return undefined
    const { people, ...page } = answer as GalleryPage & { readonly people: readonly Person[] }
    await desk.messenger.keep([], people)
    return page
  }
  return new Gallery(look, message, at)
}

type StepProps = {
  readonly icon: 'chevron-left' | 'chevron-right'
  readonly by: 1 | -1
  readonly viewing: Viewing
}

function Step({ icon, by, viewing }: StepProps): VNode {
  const { say } = useHands().desk
  return (
    <button
      type="button"
      class={`viewer-step ${by < 0 ? 'viewer-before' : 'viewer-after'}`}
      aria-label={say(by < 0 ? 'viewer.before' : 'viewer.after')}
      onClick={() => viewing.go(by)}
    >
      <Icon name={icon} size={24} />
    </button>
  )
}

function Caption({ message: { text, entities } }: { readonly message: Message }): VNode {
  const { say } = useHands().desk
  return (
    <p class="viewer-caption" dir="auto">
      <RichText text={text} entities={entities} spoilerLabel={say('spoiler')} />
    </p>
  )
}

type PartProps = { readonly shown: Piece; readonly viewing: Viewing }
type HeadProps = PartProps & { readonly of: { readonly number: number; readonly count: number } }

function ViewerHead({ shown: { media, message }, viewing, of }: HeadProps): VNode {
  const { desk, deeds } = useHands()
  const { say, dates, messenger } = desk
  const { chat: id, seq, sender } = message
  const chat = messenger.book.chat(id)
  const isOfChat = sender === null && chat !== undefined
  const name = isOfChat
    ? deeds.titleOf(chat)
    : nameOf(messenger.book.person(sender), say('somebody'))
  const tool = (icon: string, label: string, run: () => void, extra = ''): VNode => (
    <button type="button" class={`tool${extra}`} aria-label={say(label)} onClick={run}>
      <Icon name={icon} size={22} />
    </button>
  )
  return (
    <header class="viewer-head">
      <span class="viewer-who">
        <strong dir="auto">{name}</strong>
        <span>{dates.full(message.date)}</span>
      </span>
      {of.count > 1 && <span class="viewer-count">{say('viewer.of', of)}</span>}
      {tool('zoom-out', 'viewer.smaller', () => viewing.smaller(), ' desktop-only')}
      {tool('zoom-in', 'viewer.larger', () => viewing.larger(), ' desktop-only')}
      {tool('message-circle', 'viewer.message', () => desk.show(id, seq))}
      <a class="tool" href={media.url} download={media.name} aria-label={say('download')}>
        <Icon name="download" size={22} />
      </a>
      {tool('x', 'close', () => desk.open(undefined))}
    </header>
  )
}

function Stage({ shown, viewing }: PartProps): VNode {
  const { desk } = useHands()
  const { media } = shown
  return (
    <div
      class="viewer-stage"
      onWheel={(event) => {
        event.preventDefault()
        if (event.deltaY < 0) viewing.larger(WHEEL_STEP, placeOf(event))
        else viewing.smaller(WHEEL_STEP, placeOf(event))
      }}
      onClick={(event) => event.target === event.currentTarget && desk.open(undefined)}
      onDblClick={(event) => viewing.zoomTo(viewing.zoom > 1 ? 1 : CLOSE_ZOOM, placeOf(event))}
      onPointerDown={(event) => viewing.grip(event)}
      onPointerMove={(event) => viewing.drag(event)}
      onPointerUp={(event) => viewing.release(event) && desk.open(undefined)}
      onPointerCancel={(event) => viewing.cancel(event.pointerId)}
    >
      {media.kind === 'video' ? (
        <video key={media.id} src={media.url} controls autoplay playsInline />
      ) : (
        <img
          key={media.id}
          src={media.url}
          alt={media.alt ?? ''}
          draggable={false}
          style={{
            scale: String(viewing.zoom),
            translate: `${viewing.pan.x}px ${viewing.pan.y}px`,
          }}
        />
      )}
    </div>
  )
}
