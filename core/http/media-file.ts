import type { FastifyReply, FastifyRequest } from 'fastify'
import { coreErrors } from '../errors.ts'
import type { MediaStore } from '../media/media-store.ts'
import { namesTag } from './entity-tag.ts'

/** The content behind an id never changes, and nothing in it may act as a page. */
const HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'content-disposition': 'inline',
}

export async function sendMedia(
  media: MediaStore,
  request: FastifyRequest<{ Params: { id: string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const file = await media.open(request.params.id)
  if (!file) throw coreErrors.QL_NOT_FOUND()
  const etag = `"${file.sha256.slice(0, 32)}"`
  reply.headers({ ...HEADERS, etag, 'content-type': file.type, 'content-length': file.bytes })
  if (namesTag(request.headers['if-none-match'], etag)) return reply.code(304).send()
  return reply.send(file.read())
}
