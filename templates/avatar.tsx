import type { VNode } from 'preact'

const HUES = 12

export type AvatarProps = {
  /** The name people read; its first letters are drawn while there is no picture. */
  readonly name: string
  /** Chooses one of twelve colours, the same everywhere. */
  readonly username: string
  /** The full picture; the small one that fits is asked for. */
  readonly src?: string | undefined
  readonly size?: 24 | 28 | 32 | 40 | 44 | 48 | 72 | 136 | undefined
}

/** A person's round portrait. It is decoration: the name always stands beside it as text. */
export function Avatar({ name, username, src, size = 40 }: AvatarProps): VNode {
  const look = `avatar avatar-${size}`
  if (src !== undefined) {
    const address = portraitAt(src, size)
    return <img class={look} src={address} alt="" width={size} height={size} loading="lazy" />
  }
  return (
    <span class={`${look} hue-${hueOf(username)}`} aria-hidden="true">
      {initialsOf(name, size < 32 ? 1 : 2)}
    </span>
  )
}

/** Portraits are stored in two small sizes as well, each enough for a screen of twice the pixels. */
function portraitAt(src: string, size: number): string {
  return src.startsWith('/media/') ? `${src}/${size <= 48 ? 'w96' : 'w288'}` : src
}

/** First letters of the first words, by grapheme, so that no emoji is cut in half. */
export function initialsOf(name: string, limit: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/u).slice(0, limit)
  return words.map((word) => firstGrapheme(word).toUpperCase()).join('')
}

/** Most stations never need it, and it brings 3 MiB of tables. */
let graphemes: Intl.Segmenter | undefined
const LETTER = 'A-Za-z\\u00c0-\\u024f\\u0370-\\u0481\\u048a-\\u04ff'
/** A Latin, Greek or Cyrillic letter with nothing on it: no need to ask the slow segmenter. */
const PLAIN_LETTER = new RegExp(`^[${LETTER}](?=[${LETTER}]|$)`)

function firstGrapheme(word: string): string {
  const [plain] = PLAIN_LETTER.exec(word) ?? []
  if (plain !== undefined) return plain
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  for (const { segment } of graphemes.segment(word)) return segment
  return ''
}

/** FNV-1a over the username, so that neighbours in the alphabet differ in colour. */
function hueOf(username: string): number {
  let hash = 0x811c9dc5
  for (const char of username.toLowerCase()) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return (hash % HUES) + 1
}
