import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface RawAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** As sent, still compressed. */
  readonly body: Buffer
  /** The body as a browser reads it. */
  readonly text: string
}

export interface RawRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request over a connection of its own, with exactly these headers and nothing decoded. */
export async function rawRequest(
  url: string,
  { method = 'GET', headers = {} }: RawRequest = {},
): Promise<RawAnswer> {
  const asked = request(url, { method, headers, agent: false })
  asked.end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const body = await buffer(response)
  const { statusCode = 0, headers: answered } = response
  const text = decoded(body, answered['content-encoding'])
  return { status: statusCode, headers: answered, body, text }
}

function decoded(body: Buffer, encoding: string | undefined): string {
  if (body.byteLength === 0) return ''
  if (encoding === 'br') return brotliDecompressSync(body).toString()
  if (encoding === 'gzip') return gunzipSync(body).toString()
  return body.toString()
}
