import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Attachment, Message } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { Film } from '../../look/film.tsx'
import { thumbOf } from '../../look/thumb.ts'

const MAX_TILES = 5
const WIDTH = 440
const MAX_HEIGHT = 480
const MIN_HEIGHT = 120

/** Pictures of a message. The place is kept before they have come. */
export function Album({
  media,
  message,
}: {
  readonly media: readonly Attachment[]
  readonly message: Message
}): VNode {
  const { desk } = useHands()
  const tiles = media.slice(0, MAX_TILES)
  const more = media.length - tiles.length
  const [only] = media
  const style = media.length === 1 && only ? singleStyle(only) : undefined
  return (
    <div class={`album album-${tiles.length}`} style={style}>
      {tiles.map((each, index) => (
        <button
          key={each.id}
          type="button"
          class="album-tile"
          onClick={(event) => {
            if (desk.isSelecting) return
            event.stopPropagation()
            open(index)
          }}
        >
          <span class="visually-hidden">{each.alt || labelOf(each, index)}</span>
          {each.kind === 'video' ? (
            <Film media={each} />
          ) : (
            <Picture media={each} isOnly={media.length === 1} />
          )}
          {more > 0 && index === MAX_TILES - 1 && <span class="album-more">+{more}</span>}
        </button>
      ))}
    </div>
  )

  function labelOf({ kind }: Attachment, index: number): string {
    const values = { number: index + 1, count: media.length }
    return desk.say(kind === 'video' ? 'viewer.play' : 'viewer.open', values)
  }

  function open(at: number): void {
    desk.open({ kind: 'viewer', message, at })
  }
}

/** Its name stands beside it, on the button that opens it. */
function Picture({
  media,
  isOnly,
}: {
  readonly media: Attachment
  readonly isOnly: boolean
}): VNode {
  const [isBroken, setBroken] = useState(false)
  const thumb = thumbOf(media.thumbhash)
  if (isBroken) return <span class="album-broken">{media.alt ?? ''}</span>
  return (
    <img
      src={fitting(media, isOnly ? 2 * WIDTH : WIDTH)}
      alt=""
      width={media.width ?? undefined}
      height={media.height ?? undefined}
      loading="lazy"
      decoding="async"
      style={thumb ? { backgroundImage: `url("${thumb}")` } : undefined}
      onError={() => setBroken(true)}
    />
  )
}

/** The smallest that is wide enough. */
export function fitting(media: Attachment, width: number): string {
  const wide = (media.variants ?? [])
    .filter((each) => each.width >= width)
    .toSorted((a, b) => a.width - b.width)
  return wide[0]?.url ?? media.url
}

function singleStyle({ width, height }: Attachment): { inlineSize: string; aspectRatio: string } {
  const [w, h] = [width || WIDTH, height || 206]
  const scale = Math.min(1, WIDTH / w, MAX_HEIGHT / h)
  const shownWidth = Math.max(160, Math.round(w * scale))
  const shownHeight = Math.max(MIN_HEIGHT, Math.round(h * scale))
  return { inlineSize: `${shownWidth}px`, aspectRatio: `${shownWidth} / ${shownHeight}` }
}
