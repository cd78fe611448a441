import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  chatOf,
  groupOf,
  historyOf,
  openWith,
  refused,
  type TestChat,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { buildTestStation } from '../../../test/support/station.ts'

interface Beside {
  readonly blocks: boolean | null
  readonly links: readonly { readonly href: string; readonly label: string }[]
}

for (const dialect of DIALECTS) {
  suite(dialect, () => {
    test('a photo of a group is changed by who may, and seen by its people alone', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const { id } = await groupOf(alice, bob)
      const path = `/api/v1/chats/${id}/photo`
      const photo = { bytes: ONE_PIXEL }
      assert.equal((await bob.upload(path, photo, 'PUT')).status, 403)
      assert.equal((await carol.upload(path, photo, 'PUT')).status, 404)
      assert.equal((await t.stranger().upload(path, photo, 'PUT')).status, 401)
      const answer = await alice.upload(path, photo, 'PUT')
      assert.equal(answer.status, 200, answer.text)
      const { photo: address } = answer.json<TestChat & { photo: string }>()
      const small = `${address}/w96`
      assert.equal((await bob.get(small)).status, 200)
      assert.equal((await carol.get(small)).status, 404)
      const notes = (await historyOf(bob, id)).map(({ service }) => service?.what)
      assert.equal(notes.at(-1), 'photo')
      await ask(alice, 'chats.update', { chat: id, photoId: null })
      assert.equal((await chatOf(bob, id)).title, 'Group')
      assert.equal((await bob.get(small)).status, 404)
    })

    test(
      'beside a chat stands whom one blocks, and how to report',
      needs('relations'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob, carol] = [
          await t.person('alice'),
          await t.person('bob'),
          await t.person('carol'),
        ]
        const { id: chat } = await openWith(alice, 'bob')
        const besideOf = (who = alice): Promise<Beside> =>
          ask<Beside>(who, 'chats.beside', { chat })
        assert.equal((await besideOf()).blocks, false)
        await alice.put('/api/v1/users/bob/block', {})
        assert.equal((await besideOf()).blocks, true)
        assert.equal((await besideOf(bob)).blocks, false)
        await alice.delete('/api/v1/users/bob/block')
        assert.equal((await besideOf()).blocks, false)
        assert.equal(await refused(carol, 'chats.beside', { chat }), 'QL_MSG_NOT_FOUND')
      },
    )
  })
}

test(
  'a chat is reported by its people, and a private one by its person',
  needs('moderation'),
  async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const [alice, bob] = [await t.person('alice'), await t.person('bob')]
    const { id: chat } = await openWith(alice, 'bob')
    const { links } = await ask<Beside>(alice, 'chats.beside', { chat })
    const [report, ...others] = links
    assert.deepEqual(others, [])
    assert.match(report?.href ?? '', new RegExp(`^/report\\?about=user%2F${bob.id}&`))
    assert.match((await alice.get(report?.href ?? '')).text, /name="subject"/)
    const group = await groupOf(alice, bob)
    const asBob = await ask<Beside>(bob, 'chats.beside', { chat: group.id })
    assert.match(asBob.links[0]?.href ?? '', new RegExp(`about=chat%2F${group.id}&`))
    const own = await ask<Beside>(alice, 'chats.beside', { chat: group.id })
    assert.deepEqual(own.links, [])
  },
)
