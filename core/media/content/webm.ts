import { type FilmFacts, isSize, lasting } from './film.ts'

/** What a WebM holds: pictures with or without sound, or sound alone. */
export type WebmFacts = { readonly film: FilmFacts } | { readonly sound: 'opus' }

interface Element {
  readonly id: number
  readonly body: DataView
}

const EBML = 0x1a45dfa3
const DOC_TYPE = 0x4282
const SEGMENT = 0x18538067
const INFO = 0x1549a966
const TIME_SCALE = 0x2ad7b1
const DURATION = 0x4489
const TRACKS = 0x1654ae6b
const TRACK = 0xae
const CODEC = 0x86
const VIDEO = 0xe0
const WIDTH = 0xb0
const HEIGHT = 0xba
/** From here on there is only what is played. */
const CLUSTER = 0x1f43b675
const FILM_CODECS = new Set(['V_VP8', 'V_VP9', 'V_AV1'])
const SOUND_CODECS = new Set(['A_OPUS', 'A_VORBIS'])
const MAX_ELEMENTS = 10_000

/** A WebM whose every track browsers play (RFC 8794, webmproject.org), or nothing. */
export function insideWebm(bytes: Uint8Array): WebmFacts | undefined {
  try {
    const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const [head, segment] = elementsIn(file)
    if (head?.id !== EBML || segment?.id !== SEGMENT) return undefined
    if (textIn(only(elementsIn(head.body), DOC_TYPE)) !== 'webm') return undefined
    const parts = elementsIn(segment.body)
    const tracks = elementsIn(only(parts, TRACKS)).filter(({ id }) => id === TRACK)
    return factsOf(
      tracks.map(({ body }) => elementsIn(body)),
      parts,
    )
  } catch (error) {
    /* Whatever is cut or crooked is neither. */
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function factsOf(
  tracks: readonly (readonly Element[])[],
  parts: readonly Element[],
): WebmFacts | undefined {
  const codecs = tracks.map((track) => textIn(only(track, CODEC)))
  if (!codecs.every((codec) => FILM_CODECS.has(codec) || SOUND_CODECS.has(codec))) return undefined
  const film = tracks[codecs.findIndex((codec) => FILM_CODECS.has(codec))]
  if (!film) return codecs.length === 1 && codecs[0] === 'A_OPUS' ? { sound: 'opus' } : undefined
  const picture = elementsIn(only(film, VIDEO))
  const [width, height] = [numberIn(only(picture, WIDTH)), numberIn(only(picture, HEIGHT))]
  if (!isSize(width, height)) return undefined
  return { film: { width, height, ...durationIn(parts) } }
}

/** A recording that was never finished does not say how long it is. */
function durationIn(parts: readonly Element[]): Pick<FilmFacts, 'durationMs'> {
  const info = parts.find(({ id }) => id === INFO)
  const facts = info ? elementsIn(info.body) : []
  const duration = facts.find(({ id }) => id === DURATION)?.body
  if (!duration) return {}
  const scale = facts.find(({ id }) => id === TIME_SCALE)?.body
  const ticks = duration.byteLength === 4 ? duration.getFloat32(0) : duration.getFloat64(0)
  return lasting(Math.round((ticks * (scale ? numberIn(scale) : 1_000_000)) / 1_000_000))
}

/** Up to where the playing begins. @throws RangeError for what does not fit. */
function elementsIn(view: DataView): Element[] {
  const found: Element[] = []
  for (let at = 0; at < view.byteLength && found.length < MAX_ELEMENTS;) {
    const id = variableAt(view, at, true)
    const size = variableAt(view, at + id.length, false)
    const start = at + id.length + size.length
    const left = view.byteLength - start
    if (id.value === CLUSTER) break
    /* All ones: as long as it lasts. What is cut at the end of a file is played up to there. */
    const isOpen = size.isAllOnes || (id.value === SEGMENT && size.value > left)
    const length = isOpen ? left : size.value
    if (length > left) throw new RangeError('An element is larger than what holds it')
    found.push({
      id: id.value,
      body: new DataView(view.buffer, view.byteOffset + start, length),
    })
    at = start + length
  }
  return found
}

function variableAt(view: DataView, at: number, keepsMarker: boolean) {
  const first = view.getUint8(at)
  const length = Math.clz32(first) - 23
  if (length > 8) throw new RangeError('This is no number')
  const marker = 0x80 >> (length - 1)
  let value = keepsMarker ? first : first & (marker - 1)
  let isAllOnes = (first & (marker - 1)) === marker - 1
  for (let next = 1; next < length; next++) {
    const byte = view.getUint8(at + next)
    value = value * 256 + byte
    isAllOnes = isAllOnes && byte === 0xff
  }
  return { value, length, isAllOnes }
}

function only(elements: readonly Element[], id: number): DataView {
  const element = elements.find((each) => each.id === id)
  if (!element) throw new RangeError('Something is missing')
  return element.body
}

function numberIn(view: DataView): number {
  let value = 0
  for (let at = 0; at < view.byteLength; at++) value = value * 256 + view.getUint8(at)
  return value
}

function textIn(view: DataView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, Math.min(view.byteLength, 64))
  return new TextDecoder().decode(bytes).replace(/\0.*$/su, '')
}
