import { type HttpAnswer, line } from './line.ts'

interface Params {
  readonly headers?: Readonly<Record<string, string>>
  readonly tags?: Readonly<Record<string, string>>
  /** Milliseconds, as in k6. */
  readonly timeout?: number
}

type Body = string | Readonly<Record<string, string>> | null

const TIMEOUT_MS = 60_000

/** An answer as k6 gives it; `status` 0 and `error` when there was none. */
export class Response {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
  readonly url: string
  readonly error: string
  readonly timings: { readonly duration: number }

  constructor(answer: HttpAnswer) {
    this.status = answer.status
    this.body = answer.body
    this.headers = answer.headers
    this.url = answer.url
    this.error = answer.error
    this.timings = { duration: answer.durationMs }
  }

  json(): unknown {
    return JSON.parse(this.body)
  }
}

export function request(
  method: string,
  url: string,
  body: Body = null,
  params: Params = {},
): Response {
  const isForm = typeof body === 'object' && body !== null
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const answer = line.ask({
    method,
    url,
    body: isForm ? new URLSearchParams(body).toString() : body,
    headers: { ...(isForm ? form : {}), ...params.headers },
    timeoutMs: params.timeout ?? TIMEOUT_MS,
  })
  const tags = { method, status: String(answer.status), ...params.tags }
  const isFailed = answer.status === 0 || answer.status >= 400
  line.measure('http_reqs', 'counter', 1, tags)
  line.measure('http_req_duration', 'trend', answer.durationMs, tags)
  line.measure('http_req_failed', 'rate', isFailed ? 1 : 0, tags)
  return new Response(answer)
}

export function get(url: string, params?: Params): Response {
  return request('GET', url, null, params)
}

export function head(url: string, params?: Params): Response {
  return request('HEAD', url, null, params)
}

export function post(url: string, body?: Body, params?: Params): Response {
  return request('POST', url, body, params)
}

export function put(url: string, body?: Body, params?: Params): Response {
  return request('PUT', url, body, params)
}

export function patch(url: string, body?: Body, params?: Params): Response {
  return request('PATCH', url, body, params)
}

export function del(url: string, body?: Body, params?: Params): Response {
  return request('DELETE', url, body, params)
}
