import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, type Sender, Upload, UploadFailure } from './upload.ts'

/** A request under the test's own hand. */
class ScriptedSender implements Sender {
  readonly #heard = new Map<string, (event: object) => void>()
  readonly upload = {
    addEventListener: (name: string, listener: unknown): void =>
      this.addEventListener(`upload-${name}`, listener),
  }
  status = 0
  responseText = ''
  opened: readonly string[] = []
  sent: FormData | undefined

  addEventListener(name: string, listener: unknown): void {
    this.#heard.set(name, listener as (event: object) => void)
  }
  open(method: string, url: string | URL): void {
    this.opened = [method, String(url)]
  }
  setRequestHeader(): void {}
  send(body: unknown): void {
    this.sent = body as FormData
  }
  abort(): void {
    this.happens('abort')
  }
  happens(name: string, event: object = {}): void {
    this.#heard.get(name)?.(event)
  }
  answers(status: number, body: unknown): void {
    this.status = status
    this.responseText = typeof body === 'string' ? body : JSON.stringify(body)
    this.happens('load')
  }
}

const request = {
  method: 'PUT',
  path: '/api/v1/me/avatar',
  file: new File(['pixels'], 'boat.png', { type: 'image/png' }),
  fields: { x: '0.1' },
} as const

async function failureOf(answer: Promise<unknown>): Promise<UploadFailure> {
  const error = await answer.then(
    () => assert.fail('it arrived'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof UploadFailure)
  return error
}

test('progress is told as a part of the whole, and the answer handed over', async () => {
  const sender = new ScriptedSender()
  const parts: number[] = []
  const answer = new Upload(sender).send(request, (part) => parts.push(part))
  sender.happens('upload-progress', { loaded: 50, total: 200 })
  sender.happens('upload-progress', { loaded: 200, total: 200 })
  sender.answers(200, { avatarUrl: '/media/1' })
  assert.deepEqual(await answer, { avatarUrl: '/media/1' })
  assert.deepEqual(parts, [0.25, 1])
  assert.deepEqual(sender.opened, ['PUT', '/api/v1/me/avatar'])
  assert.deepEqual([...(sender.sent?.keys() ?? [])], ['x', 'file'])
})

test('a file that is too large or no picture is never sent', async () => {
  const large = new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' })
  const page = new File(['<html>'], 'a.html', { type: 'text/html' })
  for (const [file, reason] of [
    [large, 'too-large'],
    [page, 'wrong-type'],
  ] as const) {
    const sender = new ScriptedSender()
    const failure = await failureOf(new Upload(sender).send({ ...request, file }, () => undefined))
    assert.equal(failure.reason, reason)
    assert.equal(sender.sent, undefined)
    assert.equal(faultOf(file)?.reason, reason)
  }
  assert.equal(faultOf(request.file), undefined)
})

test('what the station refuses keeps its code and its sentence', async () => {
  const sender = new ScriptedSender()
  const answer = new Upload(sender).send(request, () => undefined)
  sender.answers(422, { code: 'QL_MEDIA_TOO_MANY_PIXELS', detail: 'Too many pixels.' })
  const failure = await failureOf(answer)
  assert.deepEqual(
    [failure.reason, failure.code, failure.message],
    ['refused', 'QL_MEDIA_TOO_MANY_PIXELS', 'Too many pixels.'],
  )
})

test('a page of a gateway instead of an answer is a refusal without words', async () => {
  const sender = new ScriptedSender()
  const answer = new Upload(sender).send(request, () => undefined)
  sender.answers(502, '<h1>Bad gateway</h1>')
  const failure = await failureOf(answer)
  assert.deepEqual([failure.reason, failure.code, failure.message], ['refused', undefined, ''])
})

test('a lost connection and a cancelled upload are told apart', async () => {
  const lost = new ScriptedSender()
  const answer = new Upload(lost).send(request, () => undefined)
  lost.happens('error')
  assert.equal((await failureOf(answer)).reason, 'offline')

  const upload = new Upload(new ScriptedSender())
  const second = upload.send(request, () => undefined)
  upload.cancel()
  assert.equal((await failureOf(second)).reason, 'cancelled')
})
