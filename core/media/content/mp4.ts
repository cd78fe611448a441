import { type FilmFacts, isSize, lasting } from './film.ts'

interface Box {
  readonly type: string
  readonly body: DataView
}

/** What browsers play: H.264, H.265, VP8, VP9, AV1. */
const CODECS = new Set(['avc1', 'avc3', 'hvc1', 'hev1', 'vp08', 'vp09', 'av01'])
const MATRIX_BYTES = 36

/** An MP4 with a picture track that browsers play (ISO/IEC 14496-12), or nothing. */
export function filmInMp4(bytes: Uint8Array): FilmFacts | undefined {
  try {
    const file = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const all = boxesIn(file)
    if (all[0]?.type !== 'ftyp') return undefined
    const movie = boxesIn(only(all, 'moov'))
    const track = movie.filter(({ type }) => type === 'trak').find(({ body }) => isFilm(body))
    if (!track) return undefined
    return { ...sizeIn(only(boxesIn(track.body), 'tkhd')), ...durationIn(only(movie, 'mvhd')) }
  } catch (error) {
    /* Whatever is cut or crooked is no film. */
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** @throws RangeError for what does not fit into its surroundings. */
function boxesIn(view: DataView): Box[] {
  const boxes: Box[] = []
  for (let at = 0; at + 8 <= view.byteLength;) {
    const short = view.getUint32(at)
    const head = short === 1 ? 16 : 8
    const size = short === 0 ? view.byteLength - at : short === 1 ? longAt(view, at + 8) : short
    if (size < head) throw new RangeError('A box is smaller than its head')
    boxes.push({ type: wordAt(view, at + 4), body: within(view, at + head, size - head) })
    at += size
  }
  return boxes
}

function only(boxes: readonly Box[], type: string): DataView {
  const box = boxes.find((each) => each.type === type)
  if (!box) throw new RangeError(`There is no ${type}`)
  return box.body
}

function isFilm(track: DataView): boolean {
  const media = boxesIn(only(boxesIn(track), 'mdia'))
  if (wordAt(only(media, 'hdlr'), 8) !== 'vide') return false
  const table = only(boxesIn(only(boxesIn(only(media, 'minf')), 'stbl')), 'stsd')
  return CODECS.has(wordAt(table, 12))
}

/** The head of a track ends with its matrix, its width and its height (16.16). */
function sizeIn(head: DataView): Pick<FilmFacts, 'width' | 'height'> {
  const end = head.byteLength
  const width = Math.round(head.getUint32(end - 8) / 65_536)
  const height = Math.round(head.getUint32(end - 4) / 65_536)
  const isTurned = head.getInt32(end - 8 - MATRIX_BYTES) === 0
  if (!isSize(width, height)) throw new RangeError('There is no picture of this size')
  return isTurned ? { width: height, height: width } : { width, height }
}

function durationIn(head: DataView): Pick<FilmFacts, 'durationMs'> {
  const isLong = head.getUint8(0) === 1
  const scale = head.getUint32(isLong ? 20 : 12)
  const duration = isLong ? longAt(head, 24) : head.getUint32(16)
  return lasting(Math.round((duration / scale) * 1_000))
}

function longAt(view: DataView, at: number): number {
  return view.getUint32(at) * 2 ** 32 + view.getUint32(at + 4)
}

function wordAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((next) => view.getUint8(at + next)))
}

function within(view: DataView, at: number, length: number): DataView {
  if (length > view.byteLength - at) throw new RangeError('A box is larger than what holds it')
  return new DataView(view.buffer, view.byteOffset + at, length)
}
