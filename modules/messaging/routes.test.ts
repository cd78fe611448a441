import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { newCid, type TestChat, type TestMessage } from '../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../test/support/pictures.ts'
import { buildTestStation } from '../../test/support/station.ts'

for (const dialect of DIALECTS) {
  suite(`the chats of the API on ${dialect}`, () => {
    test('the private chat of two is the same chat, also when both make it at once', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const made = await Promise.all([
        alice.post('/api/v1/chats', { type: 'private', members: ['bob'] }),
        bob.post('/api/v1/chats', { type: 'private', members: ['alice'] }),
        alice.post('/api/v1/chats', { type: 'private', members: ['bob'] }),
      ])
      assert.equal(made.filter(({ status }) => status === 201).length, 1)
      assert.equal(made.filter(({ status }) => status === 200).length, 2)
      assert.equal(new Set(made.map((answer) => answer.json<TestChat>().id)).size, 1)
    })

    test('messages are sent, repeated, changed, marked and taken back', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const order = { type: 'group', title: 'Crew', members: ['bob'] }
      const created = await alice.post('/api/v1/chats', order)
      assert.equal(created.status, 201, created.text)
      const { id } = created.json<TestChat>()
      const chat = `/api/v1/chats/${id}`
      const message = { cid: newCid(), text: 'Hello' }
      const first = await alice.post(`${chat}/messages`, message)
      const again = await alice.post(`${chat}/messages`, message)
      const { seq } = first.json<{ seq: number }>()
      assert.deepEqual(
        [first.status, again.status, again.json()['dup'], again.json()['seq']],
        [201, 200, true, seq],
      )
      const answer = await bob.post(`${chat}/messages`, { cid: newCid(), text: 'Hi', replyTo: seq })
      assert.equal(answer.json<{ m: TestMessage }>().m.reply?.text, 'Hello')
      const thumb = encodeURIComponent('👍')
      assert.equal((await bob.put(`${chat}/messages/${seq}/reactions/${thumb}`, {})).status, 200)
      assert.equal((await alice.put(`${chat}/messages/${seq}/pin`, {})).status, 200)
      assert.equal(
        (await alice.patch(`${chat}/messages/${seq}`, { text: 'Hello all' })).status,
        200,
      )
      const read = await bob.put(`${chat}/read`, { seq })
      assert.equal(read.json()['unread'], 0)
      const list = await bob.get('/api/v1/chats?limit=10')
      assert.deepEqual(
        list.json<{ items: TestChat[] }>().items.map((each) => each.id),
        [id],
      )
      const page = await bob.get(`${chat}/messages?around=${seq}&limit=10`)
      const { items } = page.json<{ items: TestMessage[] }>()
      assert.deepEqual(
        items
          .filter(({ kind }) => kind === 'text')
          .map(({ text, reactions }) => [text, reactions.length]),
        [
          ['Hello all', 1],
          ['Hi', 0],
        ],
      )
      assert.equal((await alice.put(`${chat}/members/carol`, {})).status, 200)
      assert.equal((await carol.get(chat)).json<TestChat>().members, 3)
      assert.equal((await bob.delete(`${chat}/members/carol`)).status, 403)
      assert.equal((await alice.delete(`${chat}/members/carol`)).status, 204)
      assert.equal((await carol.get(chat)).status, 404)
      assert.equal((await carol.get(`${chat}/messages`)).status, 404)
      assert.equal((await bob.delete(`${chat}/messages/${seq}?for=all`)).status, 403)
      assert.equal((await alice.delete(`${chat}/messages/${seq}?for=all`)).status, 204)
      assert.equal((await bob.delete(chat)).status, 204)
      assert.equal((await bob.get(chat)).status, 404)
      assert.equal((await alice.delete(`${chat}?for=all`)).status, 204)
      assert.equal((await alice.get(chat)).status, 404)
    })

    test('a picture is seen by who sees a message with it, and by nobody else', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      const open = { type: 'private', members: ['bob'] }
      const chat = `/api/v1/chats/${(await alice.post('/api/v1/chats', open)).json<TestChat>().id}`
      const upload = await alice.upload(`${chat}/media`, { bytes: ONE_PIXEL })
      assert.equal(upload.status, 201, upload.text)
      const { id, url } = upload.json<{ id: string; url: string }>()
      const statuses = async () =>
        Promise.all(
          [alice, bob, carol, t.stranger()].map(async (who) => (await who.get(url)).status),
        )
      assert.deepEqual(await statuses(), [200, 404, 404, 404])
      const stolen = await bob.post(`${chat}/messages`, { cid: newCid(), mediaIds: [id] })
      assert.equal(stolen.json()['code'], 'QL_MSG_MEDIA', 'it is not his')
      const sent = await alice.post(`${chat}/messages`, { cid: newCid(), mediaIds: [id] })
      assert.equal(sent.status, 201, sent.text)
      assert.deepEqual(await statuses(), [200, 200, 404, 404])
      const { seq } = sent.json<{ seq: number }>()
      await alice.delete(`${chat}/messages/${seq}?for=all`)
      assert.deepEqual((await statuses()).slice(1), [404, 404, 404])
    })
  })
}
