import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { ask, chatOf, newCid, openWith, refused, send } from '../../../test/support/messenger.ts'
import { filesBelow, pictureOf } from '../../../test/support/pictures.ts'
import { SlowUpload } from '../../../test/support/slow-upload.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { multipart } from '../../../test/support/visitor.ts'

const MAX_BYTES = 5 * 1024 * 1024
/** So much of one that is larger may be read before it is refused. */
const MAX_READ = MAX_BYTES + 64 * 1024
const LONG = '🦆'.repeat(2_048)

async function scene() {
  const t = await buildTestStation({ dialect: 'sqlite', config: ANY_PORT })
  const door = await SocketDoor.of(t)
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  const { id: chat } = await openWith(alice, 'bob')
  return Object.assign(t, { door, alice, bob, chat, path: `/api/v1/chats/${chat}/media` })
}

/** A picture with so many bytes behind its end that the whole is `size` long. */
async function pictureOfSize(size: number): Promise<Buffer> {
  const picture = await pictureOf('jpeg')
  return Buffer.concat([picture, Buffer.alloc(size - picture.byteLength, 7)])
}

function filesOf({ station }: TestStation): Promise<readonly string[]> {
  return filesBelow(join(station.config.dataDir, 'media'))
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000
  while (!(await isSo())) {
    assert.ok(performance.now() < deadline, 'it did not come to pass')
    await pause(20)
  }
}

test('five mebibytes come into a chat, one byte more does not, however it is sent', async () => {
  await using t = await scene()
  const { alice, path, door, chat } = t
  await ask(alice, 'chats.draft', { chat, draft: { text: 'a caption', replySeq: null }, ver: 0 })
  const bytes = randomBytes(MAX_BYTES)
  const fits = await alice.upload(path, { bytes, name: 'Отчёт за май.bin' })
  assert.equal(fits.status, 201, fits.text)
  const { url } = fits.json<{ url: string }>()
  assert.ok((await alice.get(url)).bytes.equals(bytes), 'to the byte')
  const before = await filesOf(t)
  const tooLarge = multipart({ bytes: await pictureOfSize(MAX_BYTES + 1) })
  const declared = await SlowUpload.begin(door.url, alice, path, tooLarge.byteLength)
  declared.write(tooLarge)
  assert.equal(await declared.status(), 413)
  const chunked = await SlowUpload.begin(door.url, alice, path)
  chunked.writeChunk(tooLarge.subarray(0, -20))
  assert.equal(await chunked.status(), 413, 'before the body ends')
  const endless = await SlowUpload.begin(door.url, alice, path)
  endless.writeChunk(multipart({ bytes: randomBytes(2 * MAX_BYTES) }).subarray(0, MAX_READ))
  assert.equal(await endless.status(), 413, 'no more of it is read')
  const lying = await SlowUpload.begin(door.url, alice, path, 1_000)
  lying.write(tooLarge)
  assert.ok([400, 415, 422].includes(await lying.status()))
  for (const upload of [declared, chunked, endless, lying]) upload.cut()
  await until(async () => (await filesOf(t)).length === before.length)
  assert.equal((await chatOf(alice, chat)).me?.draft?.text, 'a caption', 'it is kept')
})

test('an album goes without the file that is too large, and has at most ten', async () => {
  await using t = await scene()
  const { alice, bob, path, chat } = t
  const uploads = [MAX_BYTES, MAX_BYTES + 1, 1].map((size, at) =>
    alice.upload(path, { bytes: Buffer.alloc(size, at), name: `${at}.bin` }),
  )
  const answers = await Promise.all(uploads)
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 413, 201],
  )
  const mediaIds = answers.flatMap((answer) => answer.json<{ id?: string }>().id ?? [])
  const { media } = await send(alice, chat, 'a caption', { mediaIds })
  const seen = await Promise.all(
    media.map(async ({ url }) => (await bob.get(url)).bytes.byteLength),
  )
  assert.deepEqual(seen, [MAX_BYTES, 1])
  const eleven = { chat, cid: newCid(), mediaIds: Array.from({ length: 11 }, () => mediaIds[0]) }
  assert.equal(await refused(alice, 'msg.send', eleven), 'QL_VALIDATION')
})

test('a program that says it is a picture is a file, handed out for saving only', async () => {
  await using t = await scene()
  const { alice, bob, path, chat } = t
  const bytes = Buffer.concat([Buffer.from('MZ\x90\0'), randomBytes(500)])
  const answer = await alice.upload(path, { bytes, name: 'holiday.png', type: 'image/png' })
  const { id, kind, url } = answer.json<{ id: string; kind: string; url: string }>()
  assert.equal(kind, 'file')
  await send(alice, chat, 'look', { mediaIds: [id] })
  const { headers, bytes: same } = await bob.get(url)
  assert.ok(same.equals(bytes))
  assert.equal(headers['content-type'], 'application/octet-stream')
  assert.match(String(headers['content-disposition']), /^attachment;/)
})

test('an upload that is cut leaves nothing, and nobody waits for it', async () => {
  await using t = await scene()
  const { alice, bob, path, door, chat } = t
  const body = multipart({ bytes: await pictureOfSize(MAX_BYTES) })
  const upload = await SlowUpload.begin(door.url, alice, path, body.byteLength)
  upload.write(body.subarray(0, Math.floor(body.byteLength * 0.6)))
  await until(async () => (await filesOf(t)).length === 1)
  await using his = await door.open(bob)
  await his.hello()
  for (const text of ['meanwhile', 'others', 'talk']) {
    const answer = await his.ask('msg.send', { chat, cid: newCid(), text })
    assert.equal(answer['ok'], true)
  }
  upload.cut()
  await until(async () => (await filesOf(t)).length === 0)
  assert.deepEqual(await t.station.database.reader.all('select id from media'), [])
  assert.equal((await chatOf(alice, chat)).me?.unread, 3)
})

test('a text ends at the same unit for the station and for JavaScript', async () => {
  await using t = await scene()
  const { alice, chat } = t
  assert.equal(LONG.length, 4_096)
  assert.equal((await send(alice, chat, LONG)).text, LONG)
  const order = { chat, cid: newCid(), text: `${LONG}.` }
  assert.equal(await refused(alice, 'msg.send', order), 'QL_MSG_TOO_LONG')
})
