import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

const follow = (who: Visitor, whom: string) => who.put(`/api/v1/users/${whom}/follow`, {})
const block = (who: Visitor, whom: string) => who.put(`/api/v1/users/${whom}/block`, {})

async function namesIn(who: Visitor, path: string): Promise<string[]> {
  const answer = await who.get(path)
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ items: { username: string }[] }>().items.map(({ username }) => username)
}

function told(t: TestStation): string[] {
  return t.events
    .filter(({ type }) => /^(?:follow|block)\./.test(type))
    .map(({ type, actor, data }) => {
      const { userId } = data as { userId: string }
      return actor === userId ? type : `${type} for another`
    })
}

for (const dialect of DIALECTS) {
  describe(`relations on ${dialect}`, () => {
    test('following is told once, however often it is pressed, and can be taken back', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      await t.person('bob')
      const first = await follow(alice, 'bob')
      assert.deepEqual(first.json(), {
        follows: true,
        followedBy: false,
        mutes: false,
        blocks: false,
      })
      await Promise.all(Array.from({ length: 20 }, () => follow(alice, 'bob')))
      assert.deepEqual(await namesIn(t.stranger(), '/api/v1/users/bob/followers'), ['alice'])
      assert.deepEqual(await namesIn(t.stranger(), '/api/v1/users/alice/following'), ['bob'])
      await alice.delete('/api/v1/users/bob/follow')
      await alice.delete('/api/v1/users/bob/follow')
      assert.deepEqual(await namesIn(t.stranger(), '/api/v1/users/bob/followers'), [])
      await t.settle()
      assert.deepEqual(told(t), ['follow.created', 'follow.removed'])
    })

    test('a block ends following both ways and keeps the other from following', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await follow(alice, 'bob')
      await follow(bob, 'alice')
      assert.equal((await block(alice, 'bob')).status, 200)
      assert.deepEqual(await namesIn(alice, '/api/v1/users/alice/followers'), [])
      assert.deepEqual(await namesIn(alice, '/api/v1/users/bob/followers'), [])
      const refused = await follow(bob, 'alice')
      assert.deepEqual([refused.status, refused.json()['code']], [403, 'QL_RELATIONS_REFUSED'])
      const own = await follow(alice, 'bob')
      assert.deepEqual([own.status, own.json()['code']], [409, 'QL_RELATIONS_BLOCKED'])
      assert.deepEqual(await namesIn(alice, '/api/v1/me/blocks'), ['bob'])
      await alice.delete('/api/v1/users/bob/block')
      assert.equal((await follow(bob, 'alice')).status, 200)
      await alice.put('/api/v1/users/bob/mute', {})
      await t.settle()
      assert.deepEqual(told(t).toSorted(), [
        'block.created',
        'block.removed',
        'follow.created',
        'follow.created',
        'follow.created',
        'follow.removed',
        'follow.removed for another',
      ])
      assert.deepEqual(
        t.events.filter(({ type }) => type.startsWith('mute')),
        [],
      )
    })

    test('nobody follows over a block that is written at the same moment', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await Promise.all([follow(bob, 'alice'), block(alice, 'bob'), follow(bob, 'alice')])
      assert.deepEqual(await namesIn(alice, '/api/v1/users/alice/followers'), [])
    })

    test('whoever is blocked or muted is not told of it', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await block(alice, 'bob')
      await alice.put('/api/v1/users/bob/mute', {})
      const page = await bob.get('/user/alice')
      assert.match(page.text, /name="kind" value="follow"/)
      assert.doesNotMatch(page.text, /blockedBy/)
      const standing = (await bob.put('/api/v1/users/alice/mute', {})).json()
      assert.deepEqual(Object.keys(standing), ['follows', 'followedBy', 'mutes', 'blocks'])
      assert.deepEqual(await namesIn(bob, '/api/v1/me/blocks'), [])
      assert.deepEqual(await namesIn(alice, '/api/v1/me/mutes'), ['bob'])
    })

    test('a person is told of new readers in one line, and not of those they muted', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const lines = async (): Promise<[string, number][]> => {
        const answer = await alice.get('/api/v1/notifications')
        const { items } = answer.json<{
          items: { kind: string; actor: { username: string }; others: number }[]
        }>()
        return items.map(({ actor, others }) => [actor.username, others])
      }
      const bob = await t.person('bob')
      await follow(bob, 'alice')
      await follow(await t.person('carol'), 'alice')
      assert.deepEqual(await lines(), [['carol', 1]])
      const dan = await t.person('dan')
      await alice.put('/api/v1/users/dan/mute', {})
      assert.equal((await follow(dan, 'alice')).status, 200)
      assert.deepEqual(await lines(), [['carol', 1]])
    })

    test('a line about a reader who leaves is taken back', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      const unread = async (): Promise<unknown> =>
        (await alice.get('/api/v1/notifications')).json()['unread']
      await follow(bob, 'alice')
      assert.equal(await unread(), 1)
      await bob.delete('/api/v1/users/alice/follow')
      assert.equal(await unread(), 0)
    })

    test('who is not public any more is named to nobody without an account', async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      await follow(alice, 'bob')
      await follow(bob, 'alice')
      const lists = ['/api/v1/users/bob/followers', '/api/v1/users/bob/following']
      const pages = ['/user/bob/followers', '/user/bob/following']
      const own = ['/user/alice/followers', '/api/v1/users/alice/following']
      const say = (action: string) =>
        alice.submit('/settings/consents', { document: 'publishing', action })
      const named = async (): Promise<boolean[]> =>
        Promise.all(
          [...lists, ...pages].map(async (path) =>
            (await t.stranger().get(path)).text.includes('alice'),
          ),
        )
      const statuses = async (who: Visitor): Promise<number[]> =>
        Promise.all(own.map(async (path) => (await who.get(path)).status))
      assert.deepEqual(new Set(await named()), new Set([true]))
      await say('withdraw')
      await t.settle()
      assert.deepEqual(new Set(await named()), new Set([false]))
      assert.deepEqual(
        [await statuses(t.stranger()), await statuses(bob)],
        [
          [404, 404],
          [404, 404],
        ],
      )
      assert.deepEqual(await statuses(alice), [200, 200])
      for (const path of lists) assert.deepEqual(await namesIn(bob, path), ['alice'])
      assert.equal((await follow(bob, 'alice')).status, 200)
      await say('give')
      await t.settle()
      assert.deepEqual(new Set(await named()), new Set([true]), 'kept pages are made anew')
      assert.deepEqual(t.warnings, [])
    })

    test('oneself and nobody cannot be followed', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      assert.equal((await follow(alice, 'alice')).status, 422)
      assert.equal((await follow(alice, 'nobody')).status, 404)
      assert.equal((await follow(t.stranger(), 'alice')).status, 401)
      assert.equal((await t.stranger().get('/api/v1/me/blocks')).status, 401)
    })

    test(
      'the buttons work without a script and the page tells what was decided',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        await t.person('bob')
        const stranger = t.stranger()
        assert.match((await stranger.get('/user/bob')).text, /0 readers/)
        assert.doesNotMatch((await stranger.get('/user/bob')).text, /<form[^>]*relation/)
        const pressed = await alice.submit('/user/bob/relation', { kind: 'follow', on: 'true' })
        assert.equal(pressed.headers['location'], '/user/bob')
        assert.match((await stranger.get('/user/bob')).text, /1 reader</)
        assert.match((await alice.get('/user/bob')).text, /Following/)
        assert.match((await stranger.get('/user/bob/followers')).text, /@alice/)
        const left = await alice.submit('/user/bob/relation', { kind: 'follow', on: 'false' })
        const said = '/user/bob?done=unfollowed'
        assert.equal(left.headers['location'], said)
        assert.match((await alice.get(said)).text, /class="undo-toast".*You no longer follow @bob/s)
        assert.doesNotMatch((await alice.get('/user/bob')).text, /undo-toast/)
        assert.doesNotMatch((await stranger.get(said)).text, /undo-toast/)
        await alice.submit('/user/bob/relation', { kind: 'follow', on: 'true' })
        assert.doesNotMatch((await alice.get(said)).text, /undo-toast/)
        await alice.submit('/user/bob/relation', { kind: 'block', on: 'true' })
        assert.match((await alice.get('/settings')).text, /id="relations"[\s\S]*Unblock/)
        const back = { kind: 'block', on: 'false', from: 'settings' }
        const undone = await alice.submit('/user/bob/relation', back)
        assert.equal(undone.headers['location'], '/settings#relations')
        const wrong = await alice.submit('/user/bob/relation', { kind: 'love', on: 'true' })
        assert.equal(wrong.status, 422)
      },
    )

    test('long lists are read in parts, the newest first and each person once', async () => {
      await using t = await buildTestStation({ dialect })
      await t.person('alice')
      const names = ['bob', 'carol', 'dan', 'erin', 'frank']
      for (const name of names) {
        await follow(await t.person(name), 'alice')
        t.clock.advance({ seconds: 1 })
      }
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const query: string = cursor === '' ? '' : `&cursor=${cursor}`
        const answer = await t.stranger().get(`/api/v1/users/alice/followers?limit=2${query}`)
        const part = answer.json<{ items: { username: string }[]; nextCursor: string | null }>()
        seen.push(...part.items.map(({ username }) => username))
        cursor = part.nextCursor
      }
      assert.deepEqual(seen, names.toReversed())
      const broken = await t.stranger().get('/api/v1/users/alice/followers?cursor=x')
      assert.equal(broken.json()['code'], 'QL_RELATIONS_CURSOR')
    })

    test('modules are told how people stand to one another', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      await follow(alice, 'bob')
      await block(bob, 'alice')
      const question = { userId: alice.id, otherIds: [bob.id] }
      const standings = await t.station.calls.call('relations.between', question)
      const none = { follows: false, followedBy: false, mutes: false, blocks: false }
      assert.deepEqual(standings, [{ id: bob.id, ...none, blockedBy: true }])
      await bob.delete('/api/v1/users/alice/block')
      await follow(alice, 'bob')
      const followers = await t.station.calls.call('relations.followers', { userId: bob.id })
      assert.deepEqual(followers, { ids: [alice.id], nextCursor: null })
      const following = await t.station.calls.call('relations.following', { userId: alice.id })
      assert.deepEqual(following, { ids: [bob.id], nextCursor: null })
    })
  })
}
