import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation } from '../../../test/support/station.ts'

const HERE = '/admin/invitations'
const WISH = { note: 'Anna <b>', maxUses: '3', days: '30' }

for (const dialect of DIALECTS) {
  describe(`invitations of the administration on ${dialect}`, () => {
    test(
      'are made, shown once, counted, and taken back; the log knows by whom',
      needs('user-management'),
      async () => {
        await using t = await buildTestStation({ dialect })
        const ada = await staff(t, 'ada', 'admin')
        await t.station.settings.change('people', { registration: 'invitation' }, { id: 'owner' })
        const made = await ada.submit(HERE, WISH)
        assert.equal(made.status, 200, made.text)
        const [url = ''] = /https?:\/\/[^"]+\/auth\/invitation\/[\w-]+/.exec(made.text) ?? []
        const { pathname } = new URL(url)
        const opened = await t.stranger().get(pathname)
        assert.equal(opened.status, 303)
        const page = await ada.get(HERE)
        assert.match(page.text, /Anna &lt;b>|Anna &lt;b&gt;/)
        assert.doesNotMatch(page.text, /auth\/invitation\//)
        assert.doesNotMatch(page.text, /notice-(warn|info)/)
        const [invitation] = await t.station.auth.invitations.list()
        assert.deepEqual([invitation?.maxUses, invitation?.madeBy.id], [3, ada.id])
        const revocation = `${HERE}/${invitation?.id}/revocation`
        const revoked = await ada.submit(revocation, {})
        assert.equal(revoked.headers['location'], `${HERE}?revoked`)
        assert.equal((await ada.submit(revocation, {})).status, 303, 'twice is once')
        assert.doesNotMatch((await ada.get(HERE)).text, /\/revocation/)
        assert.equal((await t.stranger().get(String(opened.headers['location']))).status, 410)
        const { items } = await t.station.audit.list({ area: 'invitation', outcome: 'done' })
        assert.deepEqual(items.map(({ action, actorId }) => [action, actorId]).at(-1), [
          'invitation.created',
          ada.id,
        ])
      },
    )

    test('say so where nobody, or everybody, may register', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      assert.match((await ada.get(HERE)).text, /notice-info/)
      await t.station.settings.change('people', { registration: 'closed' }, { id: 'owner' })
      assert.match((await ada.get(HERE)).text, /notice-warn/)
    })

    test('refuse what cannot be wished, and people who may not invite', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      for (const wrong of [{ maxUses: '0' }, { maxUses: '1001' }, { days: '8' }, { url: 'x' }]) {
        assert.equal((await ada.submit(HERE, { ...WISH, ...wrong })).status, 422)
      }
      const alice = await t.person('alice')
      const mona = await staff(t, 'mona', 'moderator')
      for (const who of [alice, mona]) {
        assert.equal((await who.get(HERE)).status, 404)
        assert.equal((await who.submit(HERE, WISH)).status, 404)
        assert.equal((await who.submit(`${HERE}/any/revocation`, {})).status, 404)
      }
      assert.equal((await ada.submit(`${HERE}/any/revocation`, {})).status, 404)
      const { items } = await t.station.audit.list({ area: 'invitation' })
      assert.deepEqual(
        items.map(({ outcome, subject }) => [outcome, subject]),
        [['refused', 'invitation/any']],
      )
      assert.deepEqual(await t.station.auth.invitations.list(), [])
    })
  })
}
