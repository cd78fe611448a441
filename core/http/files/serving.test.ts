import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { filesBelow, photo, pictureOf, type StoredPicture } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { MULTIPART_TYPE, multipart, type Visitor } from '../../../test/support/visitor.ts'

async function stored(person: Visitor): Promise<StoredPicture> {
  const bytes = await photo({ width: 700, height: 500 })
  const answer = await person.upload('/api/v1/media', { bytes })
  assert.equal(answer.status, 201, answer.text)
  return answer.json<StoredPicture>()
}

test('a file can only be a picture, and is asked for once', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const { url } = await stored(await t.person('alice'))
  const answer = await t.stranger().get(url)
  assert.equal(answer.status, 200)
  assert.equal(answer.headers['content-type'], 'image/jpeg')
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.equal(answer.headers['content-security-policy'], "default-src 'none'; sandbox")
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal(Number(answer.headers['content-length']), answer.bytes.byteLength)
  const etag = String(answer.headers['etag'])
  const again = await t.stranger().get(url, { headers: { 'if-none-match': etag } })
  assert.deepEqual([again.status, again.bytes.byteLength], [304, 0])
  const head = await t.stranger().ask('HEAD', url)
  assert.deepEqual([head.status, head.bytes.byteLength], [200, 0])
  assert.equal(head.headers['content-length'], answer.headers['content-length'])
  for (const address of ['/media/nothing', `${url}x`, `${url}/w2`, `${url}/%00`, '/media/%']) {
    assert.equal((await t.stranger().get(address)).status, 404, address)
  }
})

test('a part of a file is answered as a part, and nonsense as the whole or not at all', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const { url } = await stored(await t.person('alice'))
  const { bytes: whole, headers } = await t.stranger().get(url)
  const size = whole.byteLength
  const ask = (range: string, more = {}) => t.stranger().get(url, { headers: { range, ...more } })
  const parts: Readonly<Record<string, readonly [number, number]>> = {
    'bytes=0-0': [0, 0],
    'bytes=-1': [size - 1, size - 1],
    'bytes=10-19': [10, 19],
    'bytes=5-': [5, size - 1],
    [`bytes=0-${size + 50}`]: [0, size - 1],
    [`bytes=-${size + 50}`]: [0, size - 1],
  }
  for (const [range, [start, end]] of Object.entries(parts)) {
    const answer = await ask(range)
    assert.equal(answer.status, 206, range)
    assert.equal(answer.headers['content-range'], `bytes ${start}-${end}/${size}`)
    assert.deepEqual(answer.bytes, whole.subarray(start, end + 1), range)
  }
  for (const range of [`bytes=${size}-`, 'bytes=999999999-', 'bytes=-0']) {
    const answer = await ask(range)
    assert.equal(answer.status, 416, range)
    assert.equal(answer.headers['content-range'], `bytes */${size}`)
  }
  const many = `bytes=${Array.from({ length: 50 }, (_, index) => `${index}-${index}`).join(',')}`
  for (const range of [
    many,
    'bytes=9-2',
    'bytes=-',
    'bytes=a-b',
    'lines=1-2',
    '-1',
    'bytes=0-0-0',
  ]) {
    const answer = await ask(range)
    assert.deepEqual([answer.status, answer.bytes.byteLength], [200, size], range)
  }
  const stale = await ask('bytes=0-0', { 'if-range': '"another"' })
  assert.equal(stale.status, 200)
  const fresh = await ask('bytes=0-0', { 'if-range': String(headers['etag']) })
  assert.equal(fresh.status, 206)
})

test('what is not for everybody is there for its owner and for whom its module allows', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const [alice, bob, carol] = [
    await t.person('alice'),
    await t.person('bob'),
    await t.person('carol'),
  ]
  const bytes = await pictureOf('jpeg', { width: 600, height: 400 })
  const audiences = ['private', { by: 'letters.mayRead' }] as const
  const take = (audience: (typeof audiences)[number]) =>
    t.station.media.receive(oneChunk(bytes), 1e6, () => ({
      ownerId: alice.id,
      purpose: 'picture',
      audience,
      alt: '',
    }))
  const [hidden, guarded] = [await take('private'), await take({ by: 'letters.mayRead' })]
  const statuses = async (url: string): Promise<number[]> =>
    Promise.all([t.stranger(), alice, bob, carol].map(async (who) => (await who.get(url)).status))
  for (const { url } of [hidden, ...hidden.variants, guarded]) {
    assert.deepEqual(await statuses(url), [404, 200, 404, 404], url)
  }
  const asked: unknown[] = []
  const release = t.station.calls.provide('letters.mayRead', {
    owner: 'letters',
    input: { type: 'object' },
    output: { type: 'boolean' },
    answer: async (question) => {
      asked.push(question)
      return (question as { userId: string }).userId === bob.id
    },
  })
  for (const { url } of [guarded, ...guarded.variants]) {
    assert.deepEqual(await statuses(url), [404, 200, 200, 404], url)
  }
  assert.deepEqual(asked.slice(0, 1), [{ mediaId: guarded.id, userId: null }])
  assert.deepEqual(await statuses(hidden.url), [404, 200, 404, 404])
  const mine = await bob.get(guarded.url)
  assert.equal(mine.headers['cache-control'], 'private, no-cache')
  release()
  assert.equal((await bob.get(guarded.url)).status, 404, 'nobody vouches for bob any more')
})

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

async function mediaFiles(t: TestStation): Promise<readonly string[]> {
  return filesBelow(join(t.station.config.dataDir, 'media'))
}

/** A request over a bare connection, sent so far and no further. */
async function beginUpload(port: string, alice: Visitor, body: Buffer, length: string) {
  const socket = connect(Number(port), '127.0.0.1')
  await once(socket, 'connect')
  const cookie = [...alice.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const head = [
    'POST /api/v1/media HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    `origin: http://127.0.0.1:${port}`,
    `cookie: ${cookie}`,
    `content-type: ${MULTIPART_TYPE}`,
    length,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  socket.write(body)
  return socket
}

function inOneChunk(body: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`${body.byteLength.toString(16)}\r\n`),
    body,
    Buffer.from('\r\n'),
  ])
}

test('an upload that is too large is told so while it still arrives', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { server: SERVER } })
  const alice = await t.person('alice')
  const { port } = new URL(await t.station.listen())
  const bytes = Buffer.concat([await pictureOf('jpeg'), Buffer.alloc(5 * 1024 * 1024 + 1)])
  const begun = multipart({ bytes }).subarray(0, -20)
  const socket = await beginUpload(port, alice, inOneChunk(begun), 'transfer-encoding: chunked')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  assert.match(answer.toString(), /^HTTP\/1\.1 413 /)
  socket.destroy()
  const declared = await beginUpload(port, alice, Buffer.from('--'), 'content-length: 99999999')
  const [refused] = (await once(declared, 'data')) as [Buffer]
  assert.match(refused.toString(), /^HTTP\/1\.1 413 /)
  declared.destroy()
  assert.deepEqual(await mediaFiles(t), [])
})

test('an upload that is cut leaves nothing behind', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { server: SERVER } })
  const alice = await t.person('alice')
  const { port } = new URL(await t.station.listen())
  const bytes = Buffer.concat([await pictureOf('jpeg'), Buffer.alloc(1024 * 1024)])
  const begun = multipart({ bytes }).subarray(0, 900_000)
  const socket = await beginUpload(port, alice, inOneChunk(begun), 'transfer-encoding: chunked')
  await until(async () => (await mediaFiles(t)).length === 1)
  socket.destroy()
  await until(async () => (await mediaFiles(t)).length === 0)
  assert.deepEqual(await t.station.database.reader.all('select id from media'), [])
})

test('a form that ends before its file does is refused, and the station goes on', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite', config: { server: SERVER } })
  const alice = await t.person('alice')
  const { port } = new URL(await t.station.listen())
  const whole = multipart({ bytes: await pictureOf('jpeg') })
  for (const end of [100, 200, 400, whole.byteLength - 60]) {
    const length = `content-length: ${end}`
    const socket = await beginUpload(port, alice, whole.subarray(0, end), length)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.match(answer.toString(), /^HTTP\/1\.1 4\d\d /)
    socket.destroy()
  }
  assert.equal((await alice.get('/health')).status, 200)
  await until(async () => (await mediaFiles(t)).length === 0)
  assert.deepEqual(await t.station.database.reader.all('select id from media'), [])
})

const SERVER = { host: '127.0.0.1', port: 0, publicUrl: null, trustProxy: [], drainMs: 1000 }

/** Waits for what another connection causes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, 'it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
