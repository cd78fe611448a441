import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { pictureOf } from '../../../test/support/pictures.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

const OWN = {
  displayName: 'Alice Moor',
  bio: 'Trains, and nothing else.',
  place: 'Kem',
  links: ['example.org/alice', 'https://letters.example'],
}
/** Words and addresses that only those may meet who may see the page. */
const PRIVATE = /Trains, and nothing else|Kem<|example\.org\/alice|letters\.example/

async function closed(t: TestStation): Promise<Visitor> {
  const alice = await t.person('alice')
  const answer = await alice.patch('/api/v1/me', OWN)
  assert.equal(answer.status, 200, answer.text)
  const bytes = await pictureOf('png', { width: 800, height: 300 })
  assert.equal((await alice.upload('/api/v1/me/cover', { bytes }, 'PUT')).status, 200)
  assert.match((await t.stranger().get('/user/alice')).text, PRIVATE)
  assert.equal((await alice.patch('/api/v1/me', { pageFor: 'members' })).status, 200)
  return alice
}

/** What the API tells a visitor of alice. */
async function known(visitor: Visitor): Promise<unknown[]> {
  const person = (await visitor.get('/api/v1/users/alice')).json()
  return [person['bio'], person['place'], person['links'], person['coverUrl'] === null]
}

function three(status: number): readonly number[] {
  return [status, status, status]
}

for (const dialect of DIALECTS) {
  suite(`who sees what on ${dialect}`, () => {
    test('a closed page tells a stranger whose it is, and nothing else', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await closed(t)
      const bob = await t.person('bob')
      const page = await t.stranger().get('/user/alice')
      assert.equal(page.status, 200)
      assert.doesNotMatch(page.text, PRIVATE)
      assert.doesNotMatch(page.text, /profile-counts|\/w1280/)
      assert.match(page.text, /Alice Moor/)
      assert.match(page.text, /name="robots" content="noindex"/)
      assert.match(page.text, /href="\/auth\/login\?return=%2Fuser%2Falice"/)
      for (const visitor of [alice, bob]) {
        assert.match((await visitor.get('/user/alice')).text, PRIVATE)
      }
    })

    test('the API and the calls of modules keep to it as well', async () => {
      await using t = await buildTestStation({ dialect })
      await closed(t)
      const bob = await t.person('bob')
      assert.deepEqual(await known(t.stranger()), ['', '', [], true])
      const links = ['https://example.org/alice', 'https://letters.example/']
      assert.deepEqual(await known(bob), [OWN.bio, 'Kem', links, false])
      const told = t.events.findLast(({ type }) => type === 'user.updated')
      assert.doesNotMatch(JSON.stringify(told), /Trains|letters/)
    })

    test('a blog shows nothing of a closed page', needs('blog'), async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await closed(t)
      const post = { title: 'Open', content: { markdown: 'Words.' }, status: 'published' }
      assert.equal((await alice.post('/api/v1/posts', post)).status, 201)
      const paths = [
        '/user/alice/blog',
        '/user/alice/blog/open',
        '/posts',
        '/',
        '/user/alice/blog/feed.xml',
      ]
      for (const path of paths) {
        const page = await t.stranger().get(path)
        assert.equal(page.status, 200, path)
        assert.doesNotMatch(page.text, PRIVATE, path)
      }
    })

    test('readers are seen by whom the person chose', needs('relations'), async () => {
      await using t = await buildTestStation({ dialect })
      const [alice, bob, carol] = [
        await t.person('alice'),
        await t.person('bob'),
        await t.person('carol'),
      ]
      assert.equal((await bob.put('/api/v1/users/alice/follow', {})).status, 200)
      const visitors = [alice, carol, t.stranger()]
      const statuses = async (): Promise<number[]> =>
        Promise.all(
          visitors.flatMap((visitor) =>
            [
              '/user/alice/followers',
              '/api/v1/users/alice/followers',
              '/api/v1/users/alice/following',
            ].map(async (path) => (await visitor.get(path)).status),
          ),
        )
      const counts = async (): Promise<boolean[]> =>
        Promise.all(
          visitors.map(async (visitor) =>
            (await visitor.get('/user/alice')).text.includes('profile-counts'),
          ),
        )
      assert.deepEqual(await statuses(), [...three(200), ...three(200), ...three(200)])
      await alice.patch('/api/v1/me', { readersFor: 'members' })
      assert.deepEqual(await statuses(), [...three(200), ...three(200), ...three(404)])
      assert.deepEqual(await counts(), [true, true, false])
      await alice.patch('/api/v1/me', { readersFor: 'nobody' })
      assert.deepEqual(await statuses(), [...three(200), ...three(404), ...three(404)])
      assert.deepEqual(await counts(), [true, false, false])
      await alice.patch('/api/v1/me', { readersFor: 'everyone', pageFor: 'members' })
      assert.deepEqual(await statuses(), [...three(200), ...three(200), ...three(404)])
    })

    test('refused links keep what was typed, by the form too', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const answer = await alice.patch('/api/v1/me', { links: ['javascript:alert(1)'] })
      assert.equal(answer.status, 422)
      assert.match(answer.text, /QL_USERS_LINK_WRONG/)
      const form = { card: 'profile', displayName: 'alice', bio: '', links: 'javascript:alert(1)' }
      const page = await alice.submit('/settings', form)
      assert.equal(page.status, 422)
      assert.match(page.text, /value="javascript:alert\(1\)"/)
      assert.match(page.text, /id="field-links-error"/)
      assert.deepEqual((await alice.get('/api/v1/me')).json()['links'], [])
    })
  })
}
