import type { VNode } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import type { Shown } from '../../desk/desk.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'
import { Viewing } from './viewing.ts'
import { useModal } from './use-modal.ts'

type ViewerProps = { readonly media: readonly Shown[]; readonly at: number }

const WHEEL_STEP = 1.2
const CLOSE_ZOOM = 2.5

/** Pictures as large as the window; wheel, arrows, swipes and Esc. */
export function Viewer({ media, at }: ViewerProps): VNode | null {
  const { desk } = useHands()
  const { say } = desk
  const dialog = useRef<HTMLDialogElement>(null)
  const viewing = useMemo(() => new Viewing(media.length, at), [])
  useWatched(viewing)
  useModal(dialog)
  const shown = media[viewing.at]
  if (!shown) return null
  return (
    <dialog
      ref={dialog}
      class="viewer"
      aria-label={say('viewer', { number: viewing.at + 1, count: media.length })}
      onCancel={(event) => {
        event.preventDefault()
        desk.open(undefined)
      }}
      onKeyDown={(event) => viewing.press(event.key) && event.preventDefault()}
    >
      <ViewerHead shown={shown} viewing={viewing} />
      <Stage shown={shown} viewing={viewing} />
      {viewing.at > 0 && (
        <button
          type="button"
          class="viewer-step viewer-before"
          aria-label={say('viewer.before')}
          onClick={() => viewing.go(-1)}
        >
          <Icon name="chevron-left" size={24} />
        </button>
      )}
      {viewing.at < media.length - 1 && (
        <button
          type="button"
          class="viewer-step viewer-after"
          aria-label={say('viewer.after')}
          onClick={() => viewing.go(1)}
        >
          <Icon name="chevron-right" size={24} />
        </button>
      )}
    </dialog>
  )
}

type PartProps = { readonly shown: Shown; readonly viewing: Viewing }

function ViewerHead({ shown, viewing }: PartProps): VNode {
  const { desk } = useHands()
  const { say, dates, messenger } = desk
  const sender = nameOf(messenger.book.person(shown.sender), say('somebody'))
  const tool = (icon: string, label: string, run: () => void): VNode => (
    <button type="button" class="tool" aria-label={say(label)} onClick={run}>
      <Icon name={icon} size={22} />
    </button>
  )
  return (
    <header class="viewer-head">
      <span class="viewer-who">
        <strong>{sender}</strong>
        <span>{dates.full(shown.date)}</span>
      </span>
      {viewing.count > 1 && (
        <span class="viewer-count">
          {say('viewer.of', { number: viewing.at + 1, count: viewing.count })}
        </span>
      )}
      {tool('zoom-out', 'viewer.smaller', () => viewing.smaller())}
      {tool('zoom-in', 'viewer.larger', () => viewing.larger())}
      <a
        class="tool"
        href={shown.media.url}
        download={shown.media.name}
        aria-label={say('download')}
      >
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
        if (event.deltaY < 0) viewing.larger(WHEEL_STEP)
        else viewing.smaller(WHEEL_STEP)
      }}
      onClick={(event) => event.target === event.currentTarget && desk.open(undefined)}
      onDblClick={() => viewing.zoomTo(viewing.zoom > 1 ? 1 : CLOSE_ZOOM)}
      onPointerDown={(event) => viewing.grip(event)}
      onPointerMove={(event) => viewing.drag(event)}
      onPointerUp={(event) => viewing.release(event) && desk.open(undefined)}
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
