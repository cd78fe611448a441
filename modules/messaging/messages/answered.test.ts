import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, groupOf, historyOf, send, type TestMessage } from '../../../test/support/messenger.ts'
import { ONE_PIXEL, photo } from '../../../test/support/pictures.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation } from '../../../test/support/station.ts'

interface Told {
  readonly seq: number
  readonly text: string
  readonly shown?: { readonly kind: string; readonly count: number; readonly name: string }
}
interface Noted extends TestMessage {
  readonly reply: Told | null
  readonly service: { readonly what: string; readonly pinned?: Told } | null
}

for (const dialect of DIALECTS) {
  suite(`what is told of a message where it is answered or pinned, on ${dialect}`, () => {
    test('its words, or what it shows without any; nothing once it is gone', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await groupOf(alice, bob)
      const upload = async (bytes: Uint8Array, name: string): Promise<string> => {
        const answer = await alice.upload(`/api/v1/chats/${chat}/media`, { bytes, name })
        assert.equal(answer.status, 201, answer.text)
        return answer.json<{ id: string }>().id
      }
      const pictures = [
        await upload(ONE_PIXEL, 'a.gif'),
        await upload(await photo({ width: 8, height: 8 }), 'b.jpg'),
      ]
      const file = await upload(Buffer.from('words'), 'list.txt')
      const said = [
        await send(alice, chat, 'The **ferry** goes at ||seven||'),
        await send(alice, chat, '', { mediaIds: pictures.slice(0, 1) }),
        await send(alice, chat, '', { mediaIds: pictures }),
        await send(alice, chat, '', { mediaIds: [file] }),
      ]
      await using socket = await (await SocketDoor.of(t)).open(bob)
      await socket.hello()
      for (const { seq } of said) {
        await send(bob, chat, 'yes', { reply: { seq } })
        await ask(alice, 'msg.pin', { chat, seq, pinned: true })
      }
      const told = [
        { text: 'The ferry goes at ▒▒▒▒▒' },
        { text: '', shown: { kind: 'photo', count: 1, name: '' } },
        { text: '', shown: { kind: 'photo', count: 2, name: '' } },
        { text: '', shown: { kind: 'file', count: 1, name: 'list.txt' } },
      ].map((words, at) => ({ seq: said[at]?.seq, sender: alice.id, ...words }))
      await socket.roundTrip()
      const live = socket.updates.flatMap(({ e }) => (e.k === 'msg.new' ? (e['m'] as Noted) : []))
      for (const seen of [(await historyOf(bob, chat)) as Noted[], live]) {
        assert.deepEqual(
          seen.flatMap(({ reply }) => reply ?? []),
          told,
        )
        assert.deepEqual(
          seen.flatMap(({ service }) => service?.pinned ?? []),
          told,
        )
      }
      const seqs = said.map(({ seq }) => seq)
      await ask(alice, 'msg.delete', { chat, seqs, for: 'all' })
      const left = (await historyOf(bob, chat)) as Noted[]
      for (const { reply, service } of left) {
        const gone = reply ?? service?.pinned
        if (gone) assert.deepEqual(gone, { seq: gone.seq, sender: null, text: '' })
      }
    })
  })
}
