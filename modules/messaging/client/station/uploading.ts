import { Refused, Unanswered } from '#client'
import type { Attachment } from '../protocol/dto.ts'
import type { OutgoingFile, UploadWay } from '../store/outbox.ts'
import { failureOf } from './asking.ts'

/**
 * Sends one file of a message. XMLHttpRequest, because `fetch` does not tell how much of a body has
 * gone.
 *
 * @throws Refused, or Unanswered when the connection broke.
 */
export function upload(
  chat: string,
  file: OutgoingFile,
  { progress, signal }: UploadWay,
): Promise<Attachment> {
  const { promise, resolve, reject } = Promise.withResolvers<Attachment>()
  const form = new FormData()
  if (file.voice) {
    form.set('durationMs', String(file.voice.durationMs))
    form.set('waveform', file.voice.waveform.join(','))
  }
  form.set('file', file.bytes, file.name)
  const request = new XMLHttpRequest()
  request.open('POST', `/api/v1/chats/${chat}/${file.voice ? 'voice' : 'media'}`)
  request.setRequestHeader('accept', 'application/json')
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    progress(total > 0 ? loaded / total : 0)
  })
  request.addEventListener('load', () => {
    const { status, responseText } = request
    const body = parsed(responseText) as Attachment
    if (status < 300) return resolve(body)
    reject(new Refused(failureOf(status, body, request.getResponseHeader('retry-after'))))
  })
  const lost = (): void => reject(new Unanswered('The file could not be sent'))
  request.addEventListener('error', lost)
  request.addEventListener('abort', lost)
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.send(form)
  return promise
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
