import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import type { Chat, Person } from '../protocol/dto.ts'
import { Icon } from './icon.tsx'
import { initialsOf } from './initials.ts'

type FaceProps = {
  readonly name: string
  /** Chooses the colour: a user name, or the id of a chat. */
  readonly of: string
  readonly src: string | null | undefined
  readonly size: number
  readonly isSaved?: boolean
  readonly isOnline?: boolean
}

/** A round portrait of a person or a chat; its name always stands beside it as text. */
export function Face({ name, of, src, size, isSaved, isOnline }: FaceProps): VNode {
  const [isBroken, setBroken] = useState(false)
  const place = { inlineSize: `${size}px`, blockSize: `${size}px` }
  return (
    <span class="face" style={place} aria-hidden="true">
      {isSaved ? (
        <span class="avatar face-saved">
          <Icon name="bookmark" size={size > 44 ? 24 : 18} />
        </span>
      ) : src && !isBroken ? (
        <img
          class="avatar"
          src={portraitAt(src, size)}
          alt=""
          loading="lazy"
          onError={() => setBroken(true)}
        />
      ) : (
        <span
          class={`avatar hue-${hueOf(of)}`}
          style={{ fontSize: `${Math.round(size * 0.36)}px` }}
        >
          {initialsOf(name, size < 32 ? 1 : 2)}
        </span>
      )}
      {isOnline && <span class="face-online" />}
    </span>
  )
}

export function PersonFace({
  person,
  size,
  isOnline = false,
}: {
  readonly person: Person | undefined
  readonly size: number
  readonly isOnline?: boolean
}): VNode {
  const name = person?.displayName || person?.username || '?'
  return (
    <Face
      name={name}
      of={person?.username ?? ''}
      src={person?.avatar}
      size={size}
      isOnline={isOnline}
    />
  )
}

export function ChatFace({
  chat,
  title,
  size,
  isOnline = false,
}: {
  readonly chat: Chat
  readonly title: string
  readonly size: number
  readonly isOnline?: boolean
}): VNode {
  const src = chat.type === 'private' ? chat.peer?.avatar : chat.photo
  return (
    <Face
      name={title}
      of={chat.peer?.username ?? chat.id}
      src={src}
      size={size}
      isSaved={chat.type === 'saved'}
      isOnline={isOnline}
    />
  )
}

/** Portraits are stored in two small sizes as well. */
function portraitAt(src: string, size: number): string {
  return /^\/media\/[^/]+$/.test(src) ? `${src}/${size <= 48 ? 'w96' : 'w288'}` : src
}

const HUES = 12

/** FNV-1a, as everywhere on the station: the same person has the same colour. */
export function hueOf(username: string): number {
  let hash = 0x811c9dc5
  for (const char of username.toLowerCase()) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return (hash % HUES) + 1
}
