import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Person } from '#core'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { staff } from '../../../test/support/staff.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const USERS = '/api/v1/admin/users'

interface Found {
  readonly items: readonly Person[]
  readonly nextCursor: string | null
  readonly total: number
}

async function found(who: Visitor, query: object = {}): Promise<Found> {
  const answer = await who.get(`${USERS}?${new URLSearchParams({ ...query })}`)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<Found & Record<string, unknown>>()
}

async function names(who: Visitor, query: object = {}): Promise<readonly string[]> {
  return (await found(who, query)).items.map(({ username }) => username)
}

/** All of them, two at a time. */
async function namesByPages(who: Visitor, query: object): Promise<readonly string[]> {
  const read: string[] = []
  let cursor: string | null = null
  do {
    const page: Found = await found(who, { ...query, limit: 2, ...(cursor ? { cursor } : {}) })
    read.push(...page.items.map(({ username }) => username))
    cursor = page.nextCursor
  } while (cursor !== null)
  return read
}

async function uploaded(t: TestStation, { id }: Visitor, bytes: number): Promise<void> {
  await t.station.database.transaction(({ session }) =>
    session.run('insert into media_usage (owner_id, bytes, files) values (?, ?, 1)', [id, bytes]),
  )
}

for (const dialect of DIALECTS) {
  describe(`the table of people on ${dialect}`, () => {
    test('is read in the order of any column, both ways, page by page', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      t.clock.advance({ minutes: 20 })
      const carol = await t.person('carol')
      t.clock.advance({ minutes: 20 })
      const bob = await t.person('bob')
      t.clock.advance({ minutes: 20 })
      await t.person('alice')
      await uploaded(t, carol, 9)
      await uploaded(t, bob, 1_000)
      const orders = {
        joined: ['alice', 'bob', 'carol', 'ada'],
        name: ['carol', 'bob', 'alice', 'ada'],
        stored: ['bob', 'carol', 'alice', 'ada'],
      }
      for (const [sort, expected] of Object.entries(orders)) {
        assert.deepEqual(await names(ada, { sort, order: 'desc' }), expected, sort)
        assert.deepEqual(await namesByPages(ada, { sort, order: 'desc' }), expected, sort)
        const turned = expected.toReversed()
        assert.deepEqual(await namesByPages(ada, { sort, order: 'asc' }), turned, sort)
      }
      /* Ada has just been seen asking, at the moment alice came: the later account stands first. */
      const seen = ['alice', 'ada', 'bob', 'carol']
      assert.deepEqual(await names(ada, { sort: 'seen' }), seen)
      assert.deepEqual(await namesByPages(ada, { sort: 'seen', order: 'asc' }), seen.toReversed())
      assert.equal((await found(ada, { limit: 1 })).total, 4)
    })

    test('meets nobody twice and misses nobody where all are alike', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      for (const name of ['alice', 'bob', 'carol', 'dave', 'erin']) await t.person(name)
      for (const sort of ['joined', 'stored', 'seen']) {
        for (const order of ['asc', 'desc']) {
          const read = await namesByPages(ada, { sort, order })
          assert.deepEqual(read.toSorted(), ['ada', 'alice', 'bob', 'carol', 'dave', 'erin'])
        }
      }
      /* A place in another order, or none at all, is refused or begins at the beginning. */
      assert.equal((await ada.get(`${USERS}?cursor=nonsense`)).status, 422)
      const page = await ada.get('/admin/people?sort=stored&cursor=nonsense~nothing')
      assert.match(page.text, /@erin/)
    })

    test('finds people by name or address, role, state, and when they were seen', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      for (const name of ['alice', 'bob', 'bobby', 'al_ice']) await t.person(name)
      assert.deepEqual(await names(ada, { q: 'BOB' }), ['bobby', 'bob'])
      assert.deepEqual(await names(ada, { q: 'al_' }), ['al_ice'])
      assert.deepEqual(await names(ada, { q: 'bob@' }), ['bob'])
      assert.deepEqual(await names(ada, { role: 'admin' }), ['ada'])
      const carol = await t.person('carol')
      await t.station.auth.residents.block('operator', carol.id)
      assert.deepEqual(await names(ada, { status: 'blocked' }), ['carol'])
      t.clock.advance({ hours: 48 })
      await t.person('dave')
      /* The session of the first admin has run out. */
      const abel = await staff(t, 'abel', 'admin')
      assert.deepEqual(await names(abel, { seen: 'day', role: 'member' }), ['dave'])
      assert.deepEqual((await names(abel, { seen: 'week', q: 'bob' })).length, 2)
      assert.equal((await found(abel, { q: 'bob', limit: 1 })).total, 2)
      assert.equal((await abel.get(`${USERS}?seen=tomorrow`)).status, 422)
      assert.equal((await abel.get(`${USERS}?sort=password_hash`)).status, 422)
      const page = await abel.get('/admin/people?sort=password_hash&order=sideways&seen=1&q=bob')
      assert.equal(page.status, 200)
      assert.match(page.text, /2 of 2 shown|Показано 2 из 2/)
    })

    test('shows who is here now, and finds them', async () => {
      await using t = await buildTestStation({ dialect, config: ANY_PORT })
      const door = await SocketDoor.of(t)
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      await t.person('bob')
      assert.deepEqual(await names(ada, { seen: 'now' }), [])
      await using socket = await door.open(alice)
      await socket.hello()
      assert.deepEqual(await names(ada, { seen: 'now' }), ['alice'])
      const here = (await found(ada)).items.map(({ username, isOnline }) => [username, isOnline])
      assert.deepEqual(Object.fromEntries(here), { ada: false, alice: true, bob: false })
      const page = await ada.get('/admin/people')
      assert.equal(page.text.match(/presence-here/g)?.length, 1)
      const own = await ada.get(`/admin/people/${alice.id}`)
      assert.match(own.text, /<dd>(?:online|в сети)<\/dd>/)
    })

    test('says how much of their place people have taken', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      await uploaded(t, alice, 512 * 2 ** 20)
      const [one] = (await found(ada, { q: 'alice' })).items
      assert.deepEqual([one?.storedBytes, one?.quotaBytes], [512 * 2 ** 20, 2 ** 30])
      const page = await ada.get('/admin/people?q=alice')
      assert.match(page.text, /class="storage-media" width="50"/)
    })

    test('orders by a link, which keeps the filters', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      await t.person('alice')
      const page = await ada.get('/admin/people?role=member&sort=name')
      assert.match(page.text, /aria-sort="ascending"/)
      assert.match(page.text, /href="\/admin\/people\?role=member&amp;sort=name&amp;order=desc"/)
      assert.match(page.text, /href="\/admin\/people\?role=member&amp;sort=stored"/)
      assert.match(page.text, /href="\/admin\/people\/export\?role=member&amp;sort=name"/)
      assert.match(page.text, /href="\/admin\/invitations"/)
    })
  })
}
