import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { mp4, OGG_VOICE } from '../../../test/support/films.ts'
import { ask, groupOf, refused, send, type TestMessage } from '../../../test/support/messenger.ts'
import { ONE_PIXEL, photo } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { UploadForm, Visitor } from '../../../test/support/visitor.ts'

interface Gallery {
  readonly items: readonly TestMessage[]
  readonly before: number
  readonly after: number
}

const FORMS = {
  picture: { bytes: ONE_PIXEL, fields: { alt: 'it says "kind":"photo" and "kind":"video"' } },
  /* The same bytes twice would be one picture. */
  other: { bytes: await photo({ width: 40, height: 30 }) },
  film: { bytes: mp4(), name: 'lake.mp4' },
  file: { bytes: Buffer.from('words'), name: 'a.txt' },
} as const satisfies Record<string, UploadForm>

/** Sends one message with all of these. */
async function bring(
  who: Visitor,
  chat: string,
  ...what: readonly (keyof typeof FORMS)[]
): Promise<number> {
  const mediaIds: string[] = []
  for (const each of what) {
    const answer = await who.upload(`/api/v1/chats/${chat}/media`, FORMS[each])
    assert.equal(answer.status, 201, answer.text)
    mediaIds.push(answer.json<{ id: string }>().id)
  }
  return (await send(who, chat, what.join(), { mediaIds })).seq
}

/** What is there, and how much is before and after it. */
async function around(who: Visitor, chat: string, seq: number, limit = 1) {
  const { items, before, after } = await ask<Gallery>(who, 'msg.gallery', { chat, seq, limit })
  return [items.map((each) => each.seq), before, after]
}

for (const dialect of DIALECTS) {
  suite(`the gallery of a chat on ${dialect}`, () => {
    test('is walked both ways, and says how many pictures are on each side', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      await send(alice, chat, 'only words')
      const first = await bring(alice, chat, 'picture', 'other', 'file')
      const second = await bring(alice, chat, 'film')
      await bring(alice, chat, 'file')
      const third = await bring(alice, chat, 'picture')
      const fourth = await bring(alice, chat, 'film', 'picture', 'other')
      const all = [first, second, third, fourth]
      assert.deepEqual(await around(bob, chat, third), [[second, third, fourth], 2, 0])
      assert.deepEqual(await around(bob, chat, first), [[first, second], 0, 4])
      assert.deepEqual(await around(bob, chat, fourth), [[third, fourth], 3, 0])
      assert.deepEqual(await around(bob, chat, third, 10), [all, 0, 0])
      assert.deepEqual(await around(bob, chat, 1), [[first], 0, 5])

      await ask(bob, 'msg.delete', { chat, seqs: [fourth], for: 'me' })
      await ask(alice, 'msg.delete', { chat, seqs: [second], for: 'all' })
      assert.deepEqual(await around(bob, chat, third), [[first, third], 0, 0])
      assert.deepEqual(await around(alice, chat, first), [[first, third], 0, 3])
      assert.deepEqual(await around(alice, chat, second), [[first, third], 0, 3])
    })

    test('is there for who may read the chat, without a voice or a file', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id: chat } = await groupOf(alice, bob)
      const seq = await bring(alice, chat, 'file')
      const fields = { durationMs: '900', waveform: '1,2' }
      const voice = await alice.upload(`/api/v1/chats/${chat}/voice`, { bytes: OGG_VOICE, fields })
      await send(alice, chat, '', { mediaIds: [voice.json<{ id: string }>().id] })
      assert.deepEqual(await around(bob, chat, seq), [[], 0, 0])
      assert.equal(await refused(carol, 'msg.gallery', { chat, seq }), 'QL_MSG_NOT_FOUND')
      const stranger = await t.stranger().post('/api/v1/rt/msg.gallery', { chat, seq })
      assert.equal(stranger.status, 401)
    })
  })
}
