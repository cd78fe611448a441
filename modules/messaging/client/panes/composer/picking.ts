import type { OutgoingFile } from '../../store/outbox.ts'

export const MAX_FILES = 10
export const MAX_BYTES = 5 * 1024 * 1024
const THUMB_PX = 320

/** What was chosen, pasted or dropped, ready to be sent: with its size and a small picture of it. */
export async function picked(file: File): Promise<OutgoingFile> {
  const plain = { name: file.name || 'file', mime: file.type, bytes: file }
  if (!file.type.startsWith('image/')) return plain
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  if (!bitmap) return plain
  const { width, height } = bitmap
  const scale = Math.min(1, THUMB_PX / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return { ...plain, width, height, thumb: canvas.toDataURL('image/webp', 0.7) }
}

/** The files of a paste or a drop; nothing where there is only text. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])]
}
