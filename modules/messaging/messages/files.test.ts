import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { mp4, OGG_VOICE, webm, WEBM_VOICE } from '../../../test/support/films.ts'
import { ask, groupOf, newCid, openWith, refused, send } from '../../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Answer, UploadForm, Visitor } from '../../../test/support/visitor.ts'

interface Uploaded {
  readonly id: string
  readonly kind: string
  readonly url: string
  readonly name: string
  readonly bytes?: number
  readonly mime?: string
  readonly width?: number
  readonly durationMs?: number
  readonly waveform?: readonly number[]
}

const VOICE = {
  durationMs: '2500',
  waveform: Array.from({ length: 64 }, (_, at) => at % 32).join(),
}
const MIB = 1024 * 1024

function put(who: Visitor, chat: string, form: UploadForm, kind = 'media'): Promise<Answer> {
  return who.upload(`/api/v1/chats/${chat}/${kind}`, form)
}

async function uploaded(who: Visitor, chat: string, form: UploadForm, kind = 'media') {
  const answer = await put(who, chat, form, kind)
  assert.equal(answer.status, 201, answer.text)
  return answer.json<Uploaded>()
}

for (const dialect of DIALECTS) {
  suite(`files in chats on ${dialect}`, () => {
    test('a file is handed out as it came and under its name, and never acts as a page', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = (await openWith(alice, 'bob')).id
      const bytes = Buffer.from('<!doctype html><script>alert(1)</script>')
      const name = '../Отчёт «май»\u202E.html'
      const file = await uploaded(alice, chat, { bytes, name, type: 'image/png' })
      assert.deepEqual(
        [file.kind, file.name, file.bytes, file.mime],
        ['file', 'Отчёт «май».html', bytes.byteLength, 'application/octet-stream'],
      )
      await send(alice, chat, 'look', { mediaIds: [file.id] })
      const answer = await bob.get(file.url)
      assert.deepEqual([answer.status, answer.bytes], [200, bytes])
      assert.equal(answer.headers['content-type'], 'application/octet-stream')
      assert.equal(answer.headers['x-content-type-options'], 'nosniff')
      assert.equal(answer.headers['content-security-policy'], "default-src 'none'; sandbox")
      assert.equal(answer.headers['cache-control'], 'private, no-cache')
      const disposition = String(answer.headers['content-disposition'])
      assert.match(disposition, /^attachment; filename="[\w.-]+"; filename\*=UTF-8''/)
      const [, encoded = ''] = disposition.split("UTF-8''")
      assert.equal(decodeURIComponent(encoded), 'Отчёт «май».html')
      const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')
      const drawing = await uploaded(alice, chat, {
        bytes: svg,
        name: 'a.svg',
        type: 'image/svg+xml',
      })
      assert.equal(drawing.kind, 'file')
      const picture = await uploaded(alice, chat, { bytes: ONE_PIXEL, name: 'a.exe' })
      assert.equal(picture.kind, 'photo')
    })

    test('films and voices are played, in parts', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = (await openWith(alice, 'bob')).id
      const film = await uploaded(alice, chat, { bytes: mp4(), name: 'lake.mp4' })
      assert.deepEqual([film.kind, film.width, film.durationMs], ['video', 640, 2_000])
      const recorded = await uploaded(alice, chat, { bytes: webm(), name: 'lake.webm' })
      assert.deepEqual([recorded.kind, recorded.mime], ['video', 'video/webm'])
      const voice = await uploaded(alice, chat, { bytes: OGG_VOICE, fields: VOICE }, 'voice')
      assert.deepEqual(
        [voice.kind, voice.durationMs, voice.waveform?.length, voice.mime],
        ['voice', 2_500, 64, 'audio/ogg'],
      )
      const { media } = await send(alice, chat, '', { mediaIds: [film.id, voice.id] })
      assert.deepEqual(media, [film, voice])
      const part = await bob.get(film.url, { headers: { range: 'bytes=4-7' } })
      assert.deepEqual([part.status, part.text], [206, 'ftyp'])
      assert.equal(part.headers['content-type'], 'video/mp4')
      assert.match(String(part.headers['content-disposition']), /^inline; filename="lake.mp4"/)
      assert.equal((await bob.get(voice.url)).headers['content-type'], 'audio/ogg')
      const shared = async (kind: string) =>
        (await ask<{ items: object[] }>(bob, 'msg.shared', { chat, kind })).items.length
      assert.deepEqual(
        [await shared('media'), await shared('voice'), await shared('files')],
        [1, 1, 0],
      )
    })

    test('what is no voice, too large or badly described is refused, and leaves nothing', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice] = [await t.person('alice'), await t.person('bob')]
      const chat = (await openWith(alice, 'bob')).id
      const code = async (form: UploadForm, kind: string) => {
        const answer = await put(alice, chat, form, kind)
        return [answer.status, answer.json<{ code: string }>().code]
      }
      for (const bytes of [ONE_PIXEL, webm(), Buffer.from('OggS and more')]) {
        assert.deepEqual(await code({ bytes, fields: VOICE }, 'voice'), [415, 'QL_MEDIA_NOT_VOICE'])
      }
      for (const fields of [
        {},
        { ...VOICE, durationMs: '-1' },
        { ...VOICE, durationMs: '9999999' },
        { ...VOICE, waveform: '1,2,32' },
        { ...VOICE, waveform: '' },
        { ...VOICE, waveform: 'NaN' },
      ]) {
        const answer = await code({ bytes: WEBM_VOICE, fields }, 'voice')
        assert.deepEqual(answer, [422, 'QL_VALIDATION'], JSON.stringify(fields))
      }
      const whole = await put(alice, chat, { bytes: Buffer.alloc(5 * MIB, 1), name: 'a.bin' })
      assert.equal(whole.status, 201, whole.text)
      const large = { bytes: Buffer.alloc(5 * MIB + 1, 1), name: 'a.bin' }
      assert.deepEqual(await code(large, 'media'), [413, 'QL_MEDIA_TOO_LARGE'])
      const [used] = await t.station.database.reader.all('select files, bytes from media_usage')
      assert.deepEqual([Number(used?.['files']), Number(used?.['bytes'])], [1, 5 * MIB])
    })

    test('only people of the chat get a file, from its message on until it is gone', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const chat = (await groupOf(alice, bob)).id
      const form = { bytes: Buffer.from('plans'), name: 'plans.txt' }
      assert.equal((await put(carol, chat, form)).status, 404)
      const recording = { bytes: OGG_VOICE, fields: VOICE }
      assert.equal((await put(carol, chat, recording, 'voice')).status, 404)
      const file = await uploaded(alice, chat, form)
      const statuses = async () =>
        Promise.all(
          [alice, bob, carol, t.stranger()].map(async (who) => (await who.get(file.url)).status),
        )
      assert.deepEqual(await statuses(), [200, 404, 404, 404])
      const stolen = { chat, cid: newCid(), text: '', mediaIds: [file.id] }
      assert.equal(await refused(bob, 'msg.send', stolen), 'QL_MSG_MEDIA')
      const { seq } = await send(alice, chat, '', { mediaIds: [file.id] })
      assert.deepEqual(await statuses(), [200, 200, 404, 404])
      assert.equal((await ask<{ items: [] }>(bob, 'msg.search', { q: 'plans' })).items.length, 1)
      await ask(bob, 'chats.leave', { chat })
      assert.deepEqual(await statuses(), [200, 404, 404, 404])
      await ask(alice, 'msg.delete', { chat, seqs: [seq], for: 'all' })
      t.clock.advance({ hours: 25 })
      await t.station.mediaSweep.run()
      assert.deepEqual(await statuses(), [404, 404, 404, 404])
      const [used] = await t.station.database.reader.all('select files, bytes from media_usage')
      assert.deepEqual([Number(used?.['files']), Number(used?.['bytes'])], [0, 0])
    })

    test('a file is no cover, no photo of a chat, and goes with its person', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const chat = (await groupOf(alice, bob)).id
      const bytes = Buffer.from('a letter')
      const file = await uploaded(alice, chat, { bytes, name: 'Письмо.odt' })
      await send(alice, chat, 'a file', { mediaIds: [file.id] })
      assert.equal(await refused(alice, 'chats.update', { chat, photoId: file.id }), 'QL_MSG_MEDIA')
      const [own] = await t.station.personalMedia.filesOf(alice.id)
      assert.deepEqual([own?.id, own?.extension], [file.id, 'odt'])
      assert.deepEqual(own && (await buffer(await own.read())), bytes)
      const subject = { userId: alice.id, content: 'keep' } as const
      await t.station.personalMedia.erase(subject as never)
      assert.equal((await bob.get(file.url)).status, 404)
      assert.deepEqual(await t.station.personalMedia.filesOf(alice.id), [])
    })
  })
}
