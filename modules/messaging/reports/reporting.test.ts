import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  groupOf,
  historyOf,
  openWith,
  refused,
  send,
  textsOf,
} from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { ONE_PIXEL, photo } from '../../../test/support/pictures.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { staff } from '../../../test/support/staff.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface Content {
  readonly title: string
  readonly excerpt: string
  readonly authorId: string | null
  readonly url: string | null
  readonly state: string
  readonly acts: readonly string[]
  readonly saidAt: string
  readonly enclosures: readonly { readonly kind: string; readonly url: string }[]
}
interface Item {
  readonly id: string
  readonly subject: string
  readonly count: number
  readonly may: readonly string[]
  readonly content: Content | null
}

const moderation = needs('moderation')

async function cast(t: TestStation) {
  return {
    alice: await t.person('alice'),
    bob: await t.person('bob'),
    carol: await t.person('carol'),
    mona: await staff(t, 'mona', 'moderator'),
  }
}

async function subjectOf(who: Visitor, chat: string, seq: number): Promise<string> {
  return (await ask<{ subject: string }>(who, 'msg.report', { chat, seq })).subject
}

/** What the station answers when it is asked what stands behind a subject. */
async function behind(t: TestStation, subject: string): Promise<Content | null> {
  const [, id = ''] = subject.split('/')
  return (await t.station.calls.call('reported.message', { id })) as Content | null
}

function file(who: Visitor, subject: string) {
  return who.post('/api/v1/reports', { subject, path: '/chats', reason: 'abuse' })
}

async function queue(who: Visitor, state = 'open'): Promise<Item[]> {
  const answer = await who.get(`/api/v1/admin/content?state=${state}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ items: Item[] }>().items
}

/** With what is due by then. */
async function aMinuteLater(t: TestStation): Promise<void> {
  t.clock.advance({ seconds: 61 })
  await t.station.scheduler.tick()
  await t.settle()
}

for (const dialect of DIALECTS) {
  suite(`a message that is reported, on ${dialect}`, () => {
    test('its subject is told to who reads it and has not said it', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob, carol, mona } = await cast(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'Nonsense.')
      const input = { chat, seq }
      for (const who of [t.stranger(), mona, alice]) {
        const code = await refused(who, 'msg.report', input)
        const known =
          who === alice ? 'QL_MSG_NOT_ALLOWED' : /^QL_UNAUTHENTICATED$|^QL_MSG_NOT_FOUND$/
        assert.match(code, new RegExp(known))
      }
      assert.equal(await refused(bob, 'msg.report', { chat, seq: 1 }), 'QL_MSG_NOT_ALLOWED')
      await ask(carol, 'chats.leave', { chat })
      assert.equal(await refused(carol, 'msg.report', input), 'QL_MSG_NOT_FOUND')
      await ask(bob, 'msg.delete', { chat, seqs: [seq], for: 'me' })
      assert.equal(await refused(bob, 'msg.report', input), 'QL_MSG_NOT_FOUND')
      const later = await send(alice, chat, 'More of it.')
      const asked = Array.from({ length: 20 }, () => subjectOf(bob, chat, later.seq))
      const [subject = '', ...others] = new Set(await Promise.all(asked))
      assert.deepEqual(others, [])
      assert.match(subject, /^message\/[\w-]{22}$/)
      await ask(alice, 'members.remove', { chat, user: bob.id, ban: true })
      assert.equal(await refused(bob, 'msg.report', { chat, seq: later.seq }), 'QL_MSG_NOT_FOUND')
    })

    test(
      'who is kept away reports what they read, and nobody what they do not',
      needs('relations'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const { alice, bob } = await cast(t)
        const { id: chat } = await openWith(alice, 'bob')
        const { seq } = await send(alice, chat, 'Nonsense.')
        await alice.put('/api/v1/users/bob/block', {})
        assert.match(await subjectOf(bob, chat, seq), /^message\//)
        const unheard = await send(bob, chat, 'Nobody reads it.')
        const input = { chat, seq: unheard.seq }
        assert.equal(await refused(alice, 'msg.report', input), 'QL_MSG_NOT_FOUND')
      },
    )

    test('what everybody may read is reported from outside, and named to staff', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob } = await cast(t)
      const order = { type: 'group', title: 'Sailors', slug: 'sailors', members: [] }
      const { chat } = await ask<{ chat: { id: string } }>(alice, 'chats.create', order)
      const { seq } = await send(alice, chat.id, 'Nonsense.')
      const content = await behind(t, await subjectOf(bob, chat.id, seq))
      assert.equal(content?.title, 'Sailors')
      assert.equal(content?.url, `/chats/${chat.id}?message=${seq}`)
    })

    test('staff are shown it as it was, and nothing that nobody has reported', async () => {
      await using t = await buildTestStation({ dialect })
      const { alice, bob } = await cast(t)
      const { id: chat } = await openWith(alice, 'bob')
      const first = await send(alice, chat, 'Before it.')
      const { seq, date } = await send(alice, chat, 'Nonsense.')
      const subject = await subjectOf(bob, chat, seq)
      await ask(alice, 'msg.edit', { chat, seq, text: 'Dear friend.' })
      const content = await behind(t, subject)
      assert.deepEqual(content, {
        title: '',
        excerpt: 'Nonsense.',
        authorId: alice.id,
        authorName: null,
        url: null,
        state: 'shown',
        acts: ['delete'],
        saidAt: date,
        enclosures: [],
      })
      const anew = await subjectOf(bob, chat, seq)
      assert.notEqual(anew, subject)
      assert.equal((await behind(t, anew))?.excerpt, 'Dear friend.')
      for (const made of [`${chat}_${seq}`, `${chat}_${first.seq}`, chat, '%', 'x'.repeat(22)]) {
        assert.equal(await behind(t, `message/${made}`), null)
      }
      await ask(alice, 'msg.delete', { chat, seqs: [seq], for: 'all' })
      for (const each of [subject, anew]) assert.equal(await behind(t, each), null)
    })

    test(
      'staff see its picture while its report waits, and nobody else does',
      moderation,
      async () => {
        await using t = await buildTestStation({ dialect })
        const { alice, bob, carol, mona } = await cast(t)
        const { id: chat } = await openWith(alice, 'bob')
        const upload = async (bytes: Uint8Array) => {
          const answer = await alice.upload(`/api/v1/chats/${chat}/media`, { bytes })
          assert.equal(answer.status, 201, answer.text)
          return answer.json<{ id: string; url: string }>()
        }
        const [shown, other] = [
          await upload(ONE_PIXEL),
          await upload(await photo({ width: 8, height: 8 })),
        ]
        const { seq } = await send(alice, chat, '', { mediaIds: [shown.id] })
        await send(alice, chat, '', { mediaIds: [other.id] })
        assert.equal((await mona.get(shown.url)).status, 404)
        const subject = await subjectOf(bob, chat, seq)
        assert.deepEqual(
          (await behind(t, subject))?.enclosures.map(({ kind, url }) => [kind, url]),
          [['photo', shown.url]],
        )
        assert.equal((await mona.get(shown.url)).status, 404)
        await file(bob, subject)
        assert.equal((await mona.get(shown.url)).status, 200)
        for (const who of [carol, t.stranger()]) {
          assert.equal((await who.get(shown.url)).status, 404)
        }
        assert.equal((await mona.get(other.url)).status, 404)

        const kept = `/api/v1/reports/${(await queue(mona))[0]?.id}/decision`
        assert.equal((await mona.put(kept, { decision: 'keep' })).status, 204)
        assert.equal((await mona.get(shown.url)).status, 404)
        const [decided] = await queue(mona, 'dismissed')
        assert.deepEqual([decided?.subject, decided?.content?.enclosures], [subject, undefined])
        assert.doesNotMatch((await mona.get('/admin/content?state=dismissed')).text, /\/media\//)
        assert.equal((await mona.delete(kept)).status, 204)
        assert.equal((await mona.get(shown.url)).status, 200)
        assert.equal((await mona.put(kept, { decision: 'keep' })).status, 204)

        await file(bob, subject)
        assert.equal((await mona.get(shown.url)).status, 200)
        const deleted = `/api/v1/reports/${(await queue(mona))[0]?.id}/decision`
        assert.equal((await mona.put(deleted, { decision: 'delete' })).status, 204)
        assert.equal((await mona.get(shown.url)).status, 404)
        assert.equal((await bob.get(shown.url)).status, 200)
        await aMinuteLater(t)
        for (const who of [mona, bob]) assert.equal((await who.get(shown.url)).status, 404)
      },
    )

    test('a moderator reads it in the queue and deletes it for everybody', moderation, async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const { alice, bob, carol, mona } = await cast(t)
      const { id: chat } = await groupOf(alice, bob, carol)
      const { seq } = await send(alice, chat, 'Nonsense.')
      await send(alice, chat, 'A good word.')
      await using socket = await (await SocketDoor.of(t)).open(bob)
      await socket.hello()
      const { subject, path } = await ask<{ subject: string; path: string }>(bob, 'msg.report', {
        chat,
        seq,
      })
      assert.match((await bob.get(path)).text, new RegExp(`value="${subject}"`))
      const filed = await Promise.all(Array.from({ length: 20 }, () => file(bob, subject)))
      assert.equal(filed.filter(({ status }) => status === 201).length, 1)
      assert.equal((await file(carol, await subjectOf(carol, chat, seq))).status, 201)
      assert.equal((await file(carol, `message/${chat}_${seq}`)).status, 201)
      const items = await queue(mona)
      const item = items.find((each) => each.subject === subject)
      assert.equal(item?.count, 2)
      assert.deepEqual(item?.may, ['keep', 'delete'])
      assert.equal(item?.content?.excerpt, 'Nonsense.')
      const page = (await mona.get('/admin/content')).text
      assert.match(page, /Nonsense\./)
      assert.doesNotMatch(page, /A good word/)
      const forged = items.find((each) => each.subject !== subject)
      assert.equal(forged?.content, null)

      const decision = `/api/v1/reports/${item?.id}/decision`
      assert.equal((await bob.put(decision, { decision: 'delete' })).status, 404)
      assert.equal((await mona.put(decision, { decision: 'delete', reason: 'abuse' })).status, 204)
      await aMinuteLater(t)
      const told = await socket.hears('u', ({ e }) => (e as { k: string }).k === 'msg.del')
      assert.deepEqual((told['e'] as { seqs: number[] }).seqs, [seq])
      for (const who of [alice, bob]) {
        assert.deepEqual(await textsOf(who, chat), ['A good word.'])
        assert.equal((await historyOf(who, chat)).find((m) => m.seq === seq)?.text ?? '', '')
      }
      const gone = t.events.filter(({ type }) => type === 'message.deleted')
      assert.deepEqual(
        gone.map(({ actor, data }) => [actor, (data as { seqs: number[] }).seqs]),
        [[mona.id, [seq]]],
      )
      const { items: audit } = await t.station.audit.list({ subject })
      assert.ok(audit.some(({ action }) => action === 'report.deleted'))
      const notes = await alice.get('/api/v1/notifications')
      assert.match(notes.text, /A moderator has deleted your message/)
      assert.doesNotMatch((await mona.get('/admin/content?state=accepted')).text, /A good word/)
    })
  })
}
