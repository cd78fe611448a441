import { mediaErrors } from '../errors.ts'

/** As many first bytes as tell one type of file from another. */
export const HEAD_BYTES = 4_100

const KNOWN: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/apng': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
}

/**
 * The decoder a file is meant for, judged by what it begins with and never by its name or by what
 * the sender says of it.
 *
 * @throws QL_MEDIA_UNKNOWN_TYPE for everything that is not on the list, SVG above all.
 */
export async function requireKnownType(head: Uint8Array): Promise<string> {
  const decoder = await pictureDecoder(head)
  if (decoder === undefined) throw mediaErrors.QL_MEDIA_UNKNOWN_TYPE()
  return decoder
}

/** Undefined for everything that is not a picture the station shows. */
export async function pictureDecoder(bytes: Uint8Array): Promise<string | undefined> {
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes.subarray(0, HEAD_BYTES)).catch(() => undefined)
  return KNOWN[found?.mime ?? '']
}
