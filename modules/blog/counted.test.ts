import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation } from '../../test/support/station.ts'

for (const dialect of DIALECTS) {
  test(`staff are told how much people have published, and of no draft, on ${dialect}`, async () => {
    await using t = await buildTestStation({ dialect })
    const [alice, bob] = [await t.person('alice'), await t.person('bob')]
    const written = { content: { markdown: 'Words.' } }
    for (const [title, status] of [
      ['Fog', 'published'],
      ['Ice', 'published'],
      ['Not yet', 'draft'],
    ]) {
      const answer = await alice.post('/api/v1/posts', { title, status, ...written })
      assert.equal(answer.status, 201, answer.text)
    }
    const count = (caller: 'core' | 'modules') =>
      t.station.calls.call('counted.posts', { ids: [alice.id, bob.id] }, caller)
    const { counts } = (await count('core')) as { counts: object }
    assert.deepEqual(counts, { [alice.id]: 2 })
    await assert.rejects(count('modules'))
  })
}
