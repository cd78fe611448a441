import type { BusboyFileStream, BusboyInstance } from '@fastify/busboy'
import type { IncomingMessage } from 'node:http'
import type { Picture, UploadedFile } from '../../port/media.ts'
import type { Actor, FileOptions } from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import { mediaErrors } from '../../media/errors.ts'
import { fileNameOf } from '../../media/content/file-name.ts'
import type { MediaStore } from '../../media/media-store.ts'
import { MAX_UPLOAD_BYTES, type Upload } from '../../media/uploads/upload.ts'
import type { Crop } from '../../media/rendering/crop.ts'
import { voiceIn } from '../../media/content/voice.ts'

const MIB = 1024 * 1024
/** What the form may weigh beside the file itself. */
const FORM_BYTES = 64 * 1024
const MAX_ALT = 2_000
const LIMITS = {
  files: 1,
  fields: 12,
  parts: 14,
  fieldNameSize: 100,
  fieldSize: 8_192,
  headerPairs: 50,
}

/** A picture, or what may be anything. */
type Stored = { readonly file: Picture } | { readonly attachment: UploadedFile }

export type Uploaded = Stored & { readonly fields: Readonly<Record<string, string>> }

export function isMultipart(contentType: string | undefined): boolean {
  return contentType !== undefined && /^multipart\/form-data\s*;/i.test(contentType)
}

/**
 * Reads a form with one file, handing the file on while it arrives. A request that is too large is
 * answered with its first byte too many, whatever its headers promise; one that is cut leaves nothing.
 *
 * @throws QL_MEDIA_MISSING, QL_BODY_BROKEN, and what `MediaStore.receive` throws.
 */
export async function receiveUpload(
  request: IncomingMessage,
  media: MediaStore,
  options: FileOptions,
  actor: Actor,
): Promise<Uploaded> {
  const maxBytes = Math.min(options.maxBytes ?? MAX_UPLOAD_BYTES, MAX_UPLOAD_BYTES)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + FORM_BYTES) {
    throw mediaErrors.QL_MEDIA_TOO_LARGE({ values: { max: maxBytes / MIB } })
  }
  const { promise, resolve, reject } = Promise.withResolvers<Stored | undefined>()
  const fields = new Map<string, string>()
  const form = await openForm(request)
  let storing: Promise<Stored> | undefined
  let arriving: BusboyFileStream | undefined
  form.on('field', (name, value) => void fields.set(name, value))
  form.on('file', (name, stream, filename) => {
    /* A form that ends too early says so while perhaps nobody reads the file yet. */
    stream.on('error', (error) => stream.destroy(error))
    if (name !== 'file' || storing || (filename ?? '') === '') return void stream.resume()
    arriving = stream
    const upload = (): Upload => uploadOf(options, actor, fields, filename ?? '')
    storing = storeIn(media, options, { stream, maxBytes, upload })
    storing.catch(reject)
  })
  form.on('error', () => reject(coreErrors.QL_BODY_BROKEN()))
  form.on('finish', () => resolve(storing))
  const onClose = (): void => {
    if (!request.complete) arriving?.destroy(new Error('The upload was cut'))
    if (!request.complete) reject(coreErrors.QL_BODY_BROKEN())
  }
  request.once('close', onClose)
  request.pipe(form)
  try {
    const stored = await promise
    if (!stored) throw mediaErrors.QL_MEDIA_MISSING()
    return { ...stored, fields: Object.fromEntries(fields) }
  } finally {
    request.off('close', onClose)
    /* What is still on its way is thrown away, so that the sender gets to read the answer. */
    request.unpipe(form)
    request.resume()
  }
}

interface Arriving {
  readonly stream: BusboyFileStream
  readonly maxBytes: number
  readonly upload: () => Upload
}

async function storeIn(
  media: MediaStore,
  { purpose }: FileOptions,
  { stream, maxBytes, upload }: Arriving,
): Promise<Stored> {
  if (purpose !== 'attachment' && purpose !== 'voice') {
    return { file: await media.receive(stream, maxBytes, upload) }
  }
  return { attachment: await media.receiveFile(stream, maxBytes, upload) }
}

async function openForm(request: IncomingMessage): Promise<BusboyInstance> {
  const { Busboy: Form } = await import('@fastify/busboy')
  const { 'content-type': type = '', ...headers } = request.headers
  try {
    return new Form({ headers: { ...headers, 'content-type': type }, limits: LIMITS })
  } catch {
    throw coreErrors.QL_BODY_BROKEN()
  }
}

/** Fields may stand behind the file, so they are read when it has arrived. */
function uploadOf(
  { purpose, visibility = 'public' }: FileOptions,
  { id: ownerId }: Actor,
  fields: ReadonlyMap<string, string>,
  filename: string,
): Upload {
  const alt = (fields.get('alt') ?? '').trim().slice(0, MAX_ALT)
  const crop = purpose === 'avatar' ? cropIn(fields) : undefined
  const upload = { ownerId, purpose, audience: visibility, alt, crop }
  if (purpose === 'voice') return { ...upload, voice: voiceIn(fields) }
  return purpose === 'attachment' ? { ...upload, name: fileNameOf(filename) } : upload
}

/** @throws QL_VALIDATION for a square that is none; undefined where no square was given. */
function cropIn(fields: ReadonlyMap<string, string>): Crop | undefined {
  const names = ['x', 'y', 'size'] as const
  if (names.every((name) => (fields.get(name) ?? '') === '')) return undefined
  const numbers = names.map((name) => Number(fields.get(name) || Number.NaN))
  const [x = 0, y = 0, size = 0] = numbers
  const isSquare = numbers.every((value) => value >= 0 && value <= 1) && size > 0
  if (isSquare) return { x, y, size }
  throw coreErrors.QL_VALIDATION({
    errors: names.map((name) => ({
      path: `/${name}`,
      code: 'range',
      en: 'must be a number from 0 to 1',
      ru: 'должно быть числом от 0 до 1',
    })),
  })
}
