import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

async function publish(author: Visitor, title: string): Promise<void> {
  const post = { title, content: { markdown: title }, status: 'published' }
  assert.equal((await author.post('/api/v1/posts', post)).status, 201)
}

async function feedOf(reader: Visitor): Promise<string[]> {
  const answer = await reader.get('/api/v1/feed')
  assert.equal(answer.status, 200, answer.text)
  return answer.json<{ items: { title: string }[] }>().items.map(({ title }) => title)
}

for (const dialect of DIALECTS) {
  describe(`the feed of a reader on ${dialect}`, () => {
    test(
      'holds what those write whom the reader follows and has not muted',
      needs('relations'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const alice = await t.person('alice')
        const bob = await t.person('bob')
        const carol = await t.person('carol')
        await publish(bob, 'From Bob')
        await publish(carol, 'From Carol')
        assert.deepEqual(await feedOf(alice), [])
        assert.match((await alice.get('/posts?from=followed')).text, /Nothing here yet/)
        await alice.put('/api/v1/users/bob/follow', {})
        await alice.put('/api/v1/users/carol/follow', {})
        assert.deepEqual((await feedOf(alice)).toSorted(), ['From Bob', 'From Carol'])
        await alice.put('/api/v1/users/carol/mute', {})
        assert.deepEqual(await feedOf(alice), ['From Bob'])
        const page = await alice.get('/posts?from=followed')
        assert.match(page.text, /From Bob/)
        assert.doesNotMatch(page.text, /From Carol/)
        assert.match((await alice.get('/posts')).text, /From Carol/)
      },
    )

    test('is nothing for strangers, who get the page of everybody', async () => {
      await using t = await buildTestStation({ dialect })
      await publish(await t.person('bob'), 'From Bob')
      assert.equal((await t.stranger().get('/api/v1/feed')).status, 401)
      const page = await t.stranger().get('/posts?from=followed')
      assert.match(page.text, /From Bob/)
      assert.doesNotMatch(page.text, /href="\/posts\?from=followed"/)
    })
  })
}
