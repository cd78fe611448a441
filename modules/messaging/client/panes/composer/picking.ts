import { MAX_PIXELS, openPicture, UploadFailure } from '#client'
import type { OutgoingFile } from '../../store/outbox.ts'

export const MAX_FILES = 10
export const MAX_BYTES = 5 * 1024 * 1024
const THUMB = { px: 320, type: 'image/webp', quality: 0.7 } as const
/** What a browser can still be asked to decode, so that it is made smaller. */
const MOST_PIXELS = 110_000_000
/** What a camera has made too large for the station is sent like this. */
const SMALLER = { px: 2_560, type: 'image/jpeg', quality: 0.85 } as const
const STILL = /^image\/(?:jpeg|png|webp|avif|bmp)$/

type Look = typeof THUMB | typeof SMALLER

/** What was chosen, pasted or dropped, ready to be sent; what is empty, too large or of too many pixels is not among it. */
export async function pickedOf(files: readonly File[]): Promise<readonly OutgoingFile[]> {
  const possible = files.filter(
    ({ size, type }) => size > 0 && (size <= MAX_BYTES || STILL.test(type)),
  )
  const all: OutgoingFile[] = []
  /* One after the other: decoded they are large. */
  for (const file of possible.slice(0, MAX_FILES)) {
    const outgoing = await picked(file)
    if (outgoing && outgoing.bytes.size <= MAX_BYTES) all.push(outgoing)
  }
  return all
}

/** With its size and a small picture of it; nothing where it has too many pixels. */
async function picked(file: File): Promise<OutgoingFile | undefined> {
  const plain = { name: file.name || 'file', mime: file.type, bytes: file }
  if (!file.type.startsWith('image/')) return plain
  const bitmap = await openPicture(file, MOST_PIXELS).catch((error: unknown) => error)
  if (bitmap instanceof UploadFailure) return undefined
  if (!(bitmap instanceof ImageBitmap)) return plain
  const { width, height } = bitmap
  const thumb = drawn(bitmap, THUMB).toDataURL(THUMB.type, THUMB.quality)
  const isTooLarge = file.size > MAX_BYTES || width * height > MAX_PIXELS
  const smaller = isTooLarge ? await smallerOf(bitmap, plain.name) : undefined
  bitmap.close()
  return { ...plain, width, height, ...smaller, thumb }
}

async function smallerOf(
  bitmap: ImageBitmap,
  name: string,
): Promise<Partial<OutgoingFile> | undefined> {
  const canvas = drawn(bitmap, SMALLER)
  const { width, height } = canvas
  const { type, quality } = SMALLER
  const bytes = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality))
  if (!bytes) return undefined
  return { name: name.replace(/(?:\.\w{1,5})?$/, '.jpg'), mime: type, bytes, width, height }
}

/** The picture, no longer than so many pixels on either side. */
function drawn(bitmap: ImageBitmap, { px, type }: Look): HTMLCanvasElement {
  const scale = Math.min(1, px / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (pen && type === 'image/jpeg') {
    /* What shows through would become black. */
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, canvas.width, canvas.height)
  }
  pen?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** The files of a paste or a drop; nothing where there is only text. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])]
}
