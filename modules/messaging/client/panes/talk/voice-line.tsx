import type { VNode } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Attachment } from '../../protocol/dto.ts'
import { useHands, useWatched } from '../../desk/use-desk.ts'
import { durationText } from '../../look/dates.ts'
import { Icon } from '../../look/icon.tsx'
import { Playing } from './playing.ts'

const BARS = 38
const MAX_LEVEL = 31

/** A voice message: its waveform is a slider of where it is played. */
export function VoiceLine({ media }: { readonly media: Attachment }): VNode {
  const { say } = useHands().desk
  const audio = useRef<HTMLAudioElement>(null)
  const playing = useMemo(() => new Playing(media.durationMs ?? 0), [media.id])
  useWatched(playing)
  useEffect(() => playing.hold(audio.current), [playing])
  return (
    <div class="voice" role="group" aria-label={say('kind.voice')}>
      <button
        type="button"
        class="file-circle"
        aria-label={say(playing.isOn ? 'voice.pause' : 'voice.play')}
        onClick={(event) => {
          event.stopPropagation()
          playing.toggle()
        }}
      >
        <Icon name={playing.isOn ? 'pause' : 'play'} size={22} />
      </button>
      <div class="voice-side">
        <Waveform media={media} playing={playing} />
        <span class="voice-time">
          {playing.atMs > 0
            ? say('voice.of', {
                at: durationText(playing.atMs),
                all: durationText(playing.totalMs),
              })
            : durationText(playing.totalMs)}
        </span>
      </div>
      <audio
        ref={audio}
        src={media.url}
        preload="none"
        onPlay={() => playing.turned(true)}
        onPause={() => playing.turned(false)}
        onEnded={() => playing.reached(0)}
        onTimeUpdate={(event) => playing.reached(event.currentTarget.currentTime * 1000)}
      />
    </div>
  )
}

function Waveform({
  media,
  playing,
}: {
  readonly media: Attachment
  readonly playing: Playing
}): VNode {
  const { say } = useHands().desk
  const values = { at: durationText(playing.atMs), all: durationText(playing.totalMs) }
  return (
    <button
      type="button"
      class="voice-bars"
      aria-label={say('voice.seek', values)}
      onClick={(event) => {
        event.stopPropagation()
        /* A press by the keyboard has no place. */
        if (event.detail === 0) return
        const { left, width } = event.currentTarget.getBoundingClientRect()
        playing.goTo(((event.clientX - left) / width) * playing.totalMs)
      }}
      onKeyDown={(event) => {
        if (!playing.press(event.key)) return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      {barsOf(media.waveform ?? []).map((level, index) => (
        <i
          key={index}
          class={index / BARS < playing.share ? 'played' : undefined}
          style={{ blockSize: `${5 + (25 * level) / MAX_LEVEL}px` }}
        />
      ))}
    </button>
  )
}

/** As many as there is room for, each the loudest of its part. */
function barsOf(waveform: readonly number[]): number[] {
  return Array.from({ length: BARS }, (_each, index) => {
    const from = Math.floor((index * waveform.length) / BARS)
    const to = Math.max(from + 1, Math.floor(((index + 1) * waveform.length) / BARS))
    return Math.max(0, ...waveform.slice(from, to))
  })
}
