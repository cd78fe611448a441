import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { tell, WORDS } from '../../test/support/told-people.ts'
import type { Visitor } from '../../test/support/visitor.ts'
import type { NotificationLine } from './index.ts'

interface List {
  readonly items: readonly NotificationLine[]
  readonly nextCursor: string | null
  readonly unread: number
}

function plant(t: TestStation): void {
  const defaults = { inApp: true, push: false, mail: false }
  const title = { ru: 'Ответы', en: 'Replies' }
  const { kinds } = t.station.notifications
  kinds.add({ id: 'test.reply', title, group: 'blog', icon: 'message-square', defaults })
  kinds.add({ id: 'test.follow', title, group: 'me', icon: 'user-plus', defaults })
}

async function listOf(person: Visitor, query = ''): Promise<List> {
  const answer = await person.get(`/api/v1/notifications${query}`, {
    headers: { 'accept-language': 'en' },
  })
  assert.equal(answer.status, 200, answer.text)
  return answer.json<List & Record<string, unknown>>()
}

for (const dialect of DIALECTS) {
  describe(`notifications on ${dialect}`, () => {
    it('are read and unread again one by one, by their person alone', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await tell(t, alice)
      await tell(t, alice, { kind: 'test.follow' })
      const [first] = (await listOf(alice)).items
      const id = first?.id ?? ''
      const row = `/notifications/${id}`
      const count = async (): Promise<number> => (await listOf(alice)).unread
      for (const [read, left] of [
        ['yes', 1],
        ['yes', 1],
        ['no', 2],
      ] as const) {
        const sent = await alice.submit(`${row}/reading`, { read, return: '/notifications' })
        assert.equal(sent.headers['location'], '/notifications')
        assert.equal(await count(), left)
      }
      await alice.put('/api/v1/notifications/read', { all: true })
      const api = '/api/v1/notifications/unread'
      assert.deepEqual((await bob.put(api, { ids: [id] })).json(), { unread: 0 })
      assert.equal(await count(), 0)
      assert.deepEqual((await alice.put(api, { ids: [id] })).json(), { unread: 1 })
      assert.equal((await bob.submit(`${row}/reading`, { read: 'yes' })).status, 404)
      const away = await alice.submit(`${row}/reading`, { return: '//evil.example' })
      assert.equal(away.headers['location'], '/')
    })

    it('are silenced by kind from a line, and told again as before', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await tell(t, alice)
      const [line] = (await listOf(alice)).items
      const path = `/notifications/${line?.id}/silence`
      assert.equal((await bob.submit(path, { channels: '' })).status, 404)
      const sent = await alice.submit(path, { channels: '' })
      const page = await alice.get(String(sent.headers['location']))
      assert.match(page.text, /class="undo-toast"[^>]*action="([^"]*)"/)
      assert.match(page.text, /name="channels" value="inApp"/)
      await tell(t, alice)
      assert.equal((await listOf(alice)).items.length, 1)
      await alice.submit(path, { channels: 'inApp' })
      await tell(t, alice)
      assert.equal((await listOf(alice)).items.length, 2)
      assert.deepEqual((await t.station.notifications.choices.of(alice.id)).get('test.reply'), {
        inApp: true,
        push: false,
        mail: false,
      })
    })

    it('are chosen by kind and channel, each person for themselves', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      const path = '/api/v1/notifications/choices'
      interface Choices {
        readonly items: readonly { readonly kind: string; readonly channels: object }[]
        readonly isDiscreet: boolean
      }
      const of = async (person: Visitor, kind: string): Promise<unknown[]> => {
        const { items, isDiscreet } = (await person.get(path)).json<
          Choices & Record<string, unknown>
        >()
        return [items.find((each) => each.kind === kind)?.channels, isDiscreet]
      }
      const usual = { inApp: true, push: false, mail: false }
      const changed = await alice.patch(path, {
        choices: [
          { kind: 'test.reply', inApp: false, push: true },
          { kind: 'security', inApp: false, push: false, mail: false },
        ],
        isDiscreet: true,
      })
      assert.equal(changed.status, 200, changed.text)
      assert.deepEqual(await of(alice, 'test.reply'), [
        { inApp: false, push: true, mail: false },
        true,
      ])
      /* What concerns the account is always told. */
      assert.deepEqual((await of(alice, 'security'))[0], { inApp: true, push: false, mail: true })
      assert.deepEqual(await of(bob, 'test.reply'), [usual, false])
      await tell(t, alice)
      assert.equal((await listOf(alice)).items.length, 0)
      for (const wrong of [
        { choices: [{ kind: 'test.nothing', push: true }] },
        { choices: [{ kind: 'test.reply', pigeon: true }] },
        {},
      ]) {
        assert.equal((await alice.patch(path, wrong)).status, 422, JSON.stringify(wrong))
      }
      assert.equal((await t.stranger().patch(path, { isDiscreet: true })).status, 401)
    })

    it('are listed newest first, page by page, with a name and a count', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      for (let number = 1; number <= 5; number++) {
        t.clock.advance({ seconds: number === 3 ? 0 : 1 })
        await tell(t, alice, { quote: `Number ${number}`, actorId: bob.id })
      }
      const first = await listOf(alice, '?limit=3')
      const second = await listOf(alice, `?limit=3&cursor=${String(first.nextCursor)}`)
      const quotes = [...first.items, ...second.items].map(({ quote }) => quote)
      assert.deepEqual(
        quotes,
        [5, 4, 3, 2, 1].map((number) => `Number ${number}`),
      )
      assert.equal(second.nextCursor, null)
      assert.equal(first.unread, 5)
      const [line] = first.items
      assert.equal(line?.actor?.username, 'bob')
      assert.equal(line?.text, WORDS.en)
      assert.equal((await alice.get('/api/v1/notifications?cursor=nonsense')).status, 422)
    })

    it('fold into one line while it is unread, and count people once', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const people = [await t.person('bob'), await t.person('carol'), await t.person('dave')]
      const many = { ru: 'отвечают', en: 'reply' }
      for (const { id } of [...people, ...people])
        await tell(t, alice, { fold: 'post/1', actorId: id, many })
      const { items, unread } = await listOf(alice)
      assert.equal(unread, 1)
      assert.deepEqual(
        items.map(({ others, actor, text }) => [others, actor?.username, text]),
        [[2, 'dave', 'reply']],
      )
      await alice.put('/api/v1/notifications/read', { all: true })
      await tell(t, alice, { fold: 'post/1', actorId: people[0]?.id ?? '', many })
      const later = await listOf(alice)
      assert.deepEqual(
        later.items.map(({ others, isRead }) => [others, isRead]),
        [
          [0, false],
          [2, true],
        ],
      )
    })

    it('belong to one person: nobody else reads or marks them', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await tell(t, alice)
      const [line] = (await listOf(alice)).items
      assert.deepEqual((await listOf(bob)).items, [])
      const ids = [line?.id ?? '']
      assert.equal((await bob.put('/api/v1/notifications/read', { ids })).status, 200)
      assert.equal((await t.stranger().put('/api/v1/notifications/read', { ids })).status, 401)
      assert.equal((await t.stranger().get('/api/v1/notifications')).status, 401)
      assert.equal((await listOf(alice)).unread, 1)
      const marked = await alice.put('/api/v1/notifications/read', { ids })
      assert.deepEqual(marked.json(), { unread: 0 })
    })

    it('are not written when the transaction fails, and never about oneself', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const failing = t.station.database.transaction(async (tx) => {
        const notification = { kind: 'test.reply', text: WORDS, url: '/posts' }
        await t.station.notifications.notify(tx, alice.id, notification)
        throw new Error('changed my mind')
      })
      await assert.rejects(failing, /changed my mind/)
      await tell(t, alice, { actorId: alice.id })
      await assert.rejects(tell(t, alice, { kind: 'unknown' }), /no kind/)
      for (const url of ['https://evil.example', '//evil.example', '/\\evil.example', 'posts'])
        await assert.rejects(tell(t, alice, { url }), /no path/)
      assert.deepEqual((await listOf(alice)).items, [])
    })

    it('are taken back with what they are about', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      await tell(t, alice, { subject: 'comment/1' })
      await tell(t, alice, { subject: 'comment/2' })
      await t.station.database.transaction((tx) =>
        t.station.notifications.withdraw(tx, 'comment/1'),
      )
      const { items, unread } = await listOf(alice)
      assert.equal(items.length, 1)
      assert.equal(unread, 1)
    })

    it('tell on of the others when one of several takes it back or is erased', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      const [bob, carol, dave] = [
        await t.person('bob'),
        await t.person('carol'),
        await t.person('dave'),
      ]
      const many = { ru: 'отвечают', en: 'reply' }
      for (const { id, username } of [bob, carol, dave]) {
        t.clock.advance({ seconds: 1 })
        const quote = `the words of ${username}`
        await tell(t, alice, { fold: 'post/1', subject: `comment/${id}`, actorId: id, quote, many })
      }
      const withdraw = ({ id }: Visitor): Promise<void> =>
        t.station.database.transaction((tx) =>
          t.station.notifications.withdraw(tx, `comment/${id}`),
        )
      const shown = async (): Promise<unknown> =>
        (await listOf(alice)).items.map(({ actor, others, text, quote }) => ({
          who: actor?.username,
          others,
          text,
          quote,
        }))
      assert.deepEqual(await shown(), [
        { who: 'dave', others: 2, text: 'reply', quote: 'the words of dave' },
      ])
      await withdraw(bob)
      assert.deepEqual(await shown(), [
        { who: 'dave', others: 1, text: 'reply', quote: 'the words of dave' },
      ])
      await withdraw(bob)
      await t.station.privacy.erasures.eraseNow(dave.id, 'delete', 'asked for')
      assert.deepEqual(await shown(), [{ who: 'carol', others: 0, text: WORDS.en, quote: null }])
      assert.equal((await listOf(alice)).unread, 1)
      await withdraw(carol)
      assert.deepEqual(await listOf(alice), { items: [], nextCursor: null, unread: 0 })
    })

    it('are filtered by group and by what is unread', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      await tell(t, alice)
      await tell(t, alice, { kind: 'test.follow' })
      const [follow] = (await listOf(alice, '?filter=me')).items
      assert.equal(follow?.kind, 'test.follow')
      await alice.put('/api/v1/notifications/read', { ids: [follow?.id ?? ''] })
      assert.equal((await listOf(alice, '?filter=unread')).items.length, 1)
      assert.equal((await listOf(alice, '?filter=blog')).items.length, 1)
      assert.equal((await listOf(alice, '?filter=station')).items.length, 0)
      assert.equal((await alice.get('/api/v1/notifications?filter=all')).status, 422)
    })

    it('keep the badge true while lists are read and written at the same moment', async () => {
      await using t = await buildTestStation({ dialect })
      plant(t)
      const alice = await t.person('alice')
      for (let round = 0; round < 5; round++) {
        await Promise.all([
          tell(t, alice),
          alice.put('/api/v1/notifications/read', { all: true }),
          tell(t, alice, { fold: 'same' }),
          alice.put('/api/v1/notifications/read', { all: true }),
          tell(t, alice, { fold: 'same' }),
        ])
        const { items, unread } = await listOf(alice, '?limit=100')
        assert.equal(unread, items.filter(({ isRead }) => !isRead).length)
      }
      await alice.put('/api/v1/notifications/read', { all: true })
      assert.equal((await listOf(alice)).unread, 0)
    })
  })
}

type Step =
  | { readonly act: 'tell'; readonly fold: string | undefined }
  | { readonly act: 'read'; readonly index: number }
  | { readonly act: 'read-all' | 'read-before' | 'withdraw' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('tell' as const),
    fold: fc.constantFrom(undefined, 'a', 'b'),
  }),
  fc.record({ act: fc.constant('read' as const), index: fc.nat(5) }),
  fc.record({ act: fc.constantFrom('read-all', 'read-before', 'withdraw') }),
)

describe('the number on the bell', () => {
  it('stands among the tabs of a phone too, whoever is docked', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const [tabs = ''] = /<nav class="tabs".*?<\/nav>/s.exec((await alice.get('/')).text) ?? []
    assert.match(tabs, /href="\/notifications"/)
  })

  it('is what the list shows as unread, whatever happened', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    plant(t)
    const people = [await t.person('alice'), await t.person('bob')]
    const property = fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(1), step), { maxLength: 12 }),
      async (steps) => {
        for (const [who, what] of steps) {
          const person = people[who]
          if (person) await take(t, person, what)
        }
        for (const person of people) {
          const { items, unread } = await listOf(person, '?limit=100')
          const seen = items.filter(({ isRead }) => !isRead).length
          assert.equal(unread, Math.min(seen, 100))
          await person.put('/api/v1/notifications/read', { all: true })
        }
      },
    )
    await fc.assert(property, { numRuns: 40 })
  })
})

async function take(t: TestStation, person: Visitor, what: Step): Promise<void> {
  const mark = (body: object): Promise<unknown> => person.put('/api/v1/notifications/read', body)
  t.clock.advance({ seconds: 1 })
  if (what.act === 'tell') {
    await tell(t, person, { subject: 'thing/1', ...(what.fold ? { fold: what.fold } : {}) })
  } else if (what.act === 'read') {
    const { items } = await listOf(person)
    await mark({ ids: items.slice(what.index, what.index + 1).map(({ id }) => id) })
  } else if (what.act === 'read-all') await mark({ all: true })
  else if (what.act === 'read-before') await mark({ before: t.clock.now().toISOString() })
  else await t.station.database.transaction((tx) => t.station.notifications.withdraw(tx, 'thing/1'))
}
