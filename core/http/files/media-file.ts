import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../../port/requests.ts'
import type { Calls } from '../../calls/calls.ts'
import { coreErrors } from '../../errors.ts'
import type { ByteRange } from '../../media/storage/driver.ts'
import { dispositionOf } from '../../media/content/file-name.ts'
import type { MediaStore, StoredFile } from '../../media/media-store.ts'
import { byteRangeOf } from './byte-range.ts'
import { namesTag } from '../answers/entity-tag.ts'

/** Nothing in a file may act as a page, whatever a browser takes it for. */
const HEADERS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'accept-ranges': 'bytes',
}
/** The bytes behind an address never change. */
const FOR_EVERYBODY = 'public, max-age=31536000, immutable'
/** Asked for again each time, because who may see it can change. */
const FOR_SOME = 'private, no-cache'

/** All that a browser may show; what the content was found to be, everything else is for saving. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
  'audio/ogg': 'ogg',
  'audio/webm': 'weba',
}

export interface MediaAnswering {
  readonly media: MediaStore
  readonly calls: Calls
  /** Who asks; looked at only where not everybody may see the file. */
  actorOf(request: FastifyRequest, reply: FastifyReply): Promise<Actor | null>
}

export type MediaRequest = FastifyRequest<{ Params: { id: string; name?: string } }>

/** Answers a stored file to whoever may see it; to all others there is nothing. */
export async function sendMedia(
  services: MediaAnswering,
  request: MediaRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id, name = 'full' } = request.params
  const file = await services.media.open(id, name)
  if (!file) throw coreErrors.QL_NOT_FOUND()
  const isPublic = file.visibility === 'public' && file.guard === null
  if (!isPublic && !(await maySee(services, file, id, await services.actorOf(request, reply)))) {
    throw coreErrors.QL_NOT_FOUND()
  }
  const etag = `"${id}-${name}"`
  reply.headers({
    ...HEADERS,
    etag,
    'cache-control': isPublic ? FOR_EVERYBODY : FOR_SOME,
    'content-type': file.type,
    'content-disposition': disposition(id, name, file),
  })
  if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return sendBytes(file, etag, request, reply)
}

async function maySee(
  { media, calls }: MediaAnswering,
  { ownerId, visibility, guard }: StoredFile,
  mediaId: string,
  actor: Actor | null,
): Promise<boolean> {
  if (actor?.id === ownerId) return true
  if (visibility === 'private' || guard === null) return false
  const uses = await media.guardsOf(mediaId)
  /* What was uploaded for some is opened to others by a use that has a guard, and by no other. */
  const guards = visibility === 'guarded' ? [guard, ...uses.filter((use) => use !== null)] : uses
  const question = { mediaId, userId: actor?.id ?? null }
  for (const each of new Set(guards.length === 0 ? [guard] : guards)) {
    if (each === null || (await letsIn(calls, each, question))) return true
  }
  return false
}

async function letsIn(
  calls: Calls,
  guard: string,
  question: { readonly mediaId: string; readonly userId: string | null },
): Promise<boolean> {
  try {
    return (await calls.call(guard, question, 'core')) === true
  } catch {
    /* Whoever guards it is not running or has failed: then nobody is let in. */
    return false
  }
}

async function sendBytes(
  file: StoredFile,
  etag: string,
  request: MediaRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const range = askedRange(request, etag, file.bytes)
  if (range === 'unsatisfiable') {
    return reply.code(416).header('content-range', `bytes */${file.bytes}`).send()
  }
  if (range) {
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.bytes}`)
  }
  reply.header('content-length', range ? range.end - range.start + 1 : file.bytes)
  if (request.method === 'HEAD') return reply.send()
  return reply.send(await opened(file, range))
}

/** A range of another version is no use to who asks: then the whole is sent. */
function askedRange({ headers }: MediaRequest, etag: string, bytes: number) {
  const onlyOf = headers['if-range']
  if (onlyOf !== undefined && onlyOf !== etag) return undefined
  return byteRangeOf(headers.range, bytes)
}

async function opened(file: StoredFile, range: ByteRange | undefined) {
  try {
    return await file.read(range)
  } catch (error) {
    throw coreErrors.QL_NOT_FOUND({ cause: error })
  }
}

/** Pictures are made here and so are their names; a file is called as its sender calls it. */
function disposition(id: string, variant: string, { type, name }: StoredFile): string {
  const ending = EXTENSIONS[type]
  if (ending === undefined) return dispositionOf('attachment', name ?? `${id}.bin`)
  return name === null
    ? `inline; filename="${id}-${variant}.${ending}"`
    : dispositionOf('inline', name)
}
