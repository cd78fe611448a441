import type { VNode } from 'preact'
import type { Attachment } from '../protocol/dto.ts'
import { durationText } from './dates.ts'
import { Icon } from './icon.tsx'

/** The first picture of a film and how long it is; a press on what is around it plays it. */
export function Film({ media }: { readonly media: Attachment }): VNode {
  return (
    <span class="film">
      <video
        src={`${media.url}#t=0.1`}
        width={media.width ?? undefined}
        height={media.height ?? undefined}
        preload="metadata"
        muted
        playsInline
        tabIndex={-1}
        aria-hidden="true"
      />
      <span class="film-play">
        <Icon name="play" size={22} />
      </span>
      {media.durationMs != null && <span class="film-time">{durationText(media.durationMs)}</span>}
    </span>
  )
}
