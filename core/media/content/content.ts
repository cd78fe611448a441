import { mediaErrors } from '../errors.ts'
import type { FilmFacts } from './film.ts'
import { filmInMp4 } from './mp4.ts'
import { insideWebm } from './webm.ts'

/** What a file that is no picture is, judged by what is in it; the types are those browsers may be told. */
export type Content =
  | ({ readonly kind: 'video'; readonly type: 'video/mp4' | 'video/webm' } & FilmFacts)
  | { readonly kind: 'sound'; readonly type: 'audio/ogg' | 'audio/webm' }
  | { readonly kind: 'file'; readonly type: 'application/octet-stream' }

const FILE = { kind: 'file', type: 'application/octet-stream' } as const
const OGG = Buffer.from('OggS')
const OPUS = Buffer.from('OpusHead')
/** The head of an Ogg page with one segment (RFC 3533, RFC 7845). */
const OGG_HEAD_BYTES = 28

/** Whatever is not surely something that may be shown is a file, which is only handed out. */
export function contentOf(bytes: Uint8Array): Content {
  const film = filmInMp4(bytes)
  if (film) return { kind: 'video', type: 'video/mp4', ...film }
  const webm = insideWebm(bytes)
  if (webm && 'film' in webm) return { kind: 'video', type: 'video/webm', ...webm.film }
  if (webm) return { kind: 'sound', type: 'audio/webm' }
  return isOpusInOgg(bytes) ? { kind: 'sound', type: 'audio/ogg' } : FILE
}

function isOpusInOgg(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(64, bytes.byteLength))
  return (
    head.subarray(0, OGG.length).equals(OGG) &&
    head.subarray(OGG_HEAD_BYTES, OGG_HEAD_BYTES + OPUS.length).equals(OPUS)
  )
}

/** @throws QL_MEDIA_NOT_VOICE for what is not Opus in Ogg or in WebM. */
export function requireVoice(bytes: Uint8Array): Content & { kind: 'sound' } {
  const content = contentOf(bytes)
  if (content.kind !== 'sound') throw mediaErrors.QL_MEDIA_NOT_VOICE()
  return content
}
