import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { ask, openWith } from '../../../test/support/messenger.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

for (const dialect of DIALECTS) {
  suite(
    `when somebody was here on ${dialect}`,
    { ...needs('relations'), ...needs('user-management') },
    () => {
      test('is told only as that person has chosen', async () => {
        await using t = await buildTestStation({ dialect })
        const [alice, bob] = [await t.person('alice'), await t.person('bob')]
        const carol = await t.person('carol')
        await openWith(bob, 'alice')
        await alice.put('/api/v1/users/carol/follow', {})
        const seen = async (who: Visitor): Promise<unknown> => {
          const input = { users: [alice.id] }
          const answer = await ask<{ lastSeen: Record<string, unknown> }>(who, 'presence.of', input)
          return answer.lastSeen[alice.id]
        }
        const choose = async (shownTo: string): Promise<void> => {
          const answer = await alice.submit('/me/last-seen', { shownTo })
          assert.equal(answer.headers['location'], '/settings?saved#last-seen', answer.text)
        }
        await choose('all')
        for (const who of [bob, carol]) assert.match(String(await seen(who)), /^\d{4}-/)
        await choose('followed')
        assert.match(String(await seen(carol)), /^\d{4}-/)
        assert.equal(await seen(bob), 'recently')
        await choose('nobody')
        for (const who of [bob, carol]) assert.equal(await seen(who), null)
        assert.match((await alice.get('/settings')).text, /value="nobody" selected/)
        assert.equal((await alice.submit('/me/last-seen', { shownTo: 'god' })).status, 422)
        assert.deepEqual(await ask(bob, 'presence.shown', {}), { lastSeen: 'all' })
      })
    },
  )
}
