import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Attachment } from '../protocol/dto.ts'
import { durationText } from './dates.ts'
import { Icon } from './icon.tsx'

/** The first picture of a film and how long it is; a press on what is around it plays it. */
export function Film({ media }: { readonly media: Attachment }): VNode {
  /* Some files say how long they are only to who opens them. */
  const [foundMs, setFoundMs] = useState<number>()
  const durationMs = media.durationMs ?? foundMs
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
        onDurationChange={({ currentTarget: { duration } }) => {
          if (Number.isFinite(duration)) setFoundMs(duration * 1_000)
        }}
      />
      <span class="film-play">
        <Icon name="play" size={22} />
      </span>
      {durationMs !== undefined && <span class="film-time">{durationText(durationMs)}</span>}
    </span>
  )
}
