import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'
import { passwordOf } from '../../test/support/visitor.ts'

const MAILBOX = '/api/v1/admin/mailbox'

for (const dialect of DIALECTS) {
  describe(`the mailbox for programs on ${dialect}`, needs('user-management'), () => {
    test('shows the owner who is written to, and the words after a fresh proof', async () => {
      await using t = await buildTestStation({ dialect })
      const owner = await staff(t, 'the-owner', 'owner')
      const admin = await staff(t, 'the-admin', 'admin')
      const alice = await t.person('alice')
      await t.stranger().post('/api/v1/auth/forgot', { email: 'alice@example.org' })
      await t.settle()
      const list = await owner.get(MAILBOX)
      const { items } = list.json<{
        items: { id: string; to: string; kind: string; createdAt: string }[]
      }>()
      const letter = items.find(({ kind }) => kind === 'reset')
      assert.equal(letter?.to, 'alice@example.org')
      assert.doesNotMatch(list.text, /auth\/reset/)
      const path = `${MAILBOX}/${letter?.id}`
      const whole = (await owner.get(path)).json()
      assert.match(String(whole['link']), /\/auth\/reset\?token=/)
      assert.match(String(whole['text']), /\/auth\/reset/)
      for (const [visitor, status] of [
        [admin, 404],
        [alice, 404],
        [t.stranger(), 401],
      ] as const) {
        for (const place of [MAILBOX, path]) {
          assert.equal((await visitor.get(place)).status, status, `${visitor.username} ${place}`)
        }
      }
      const { createdAt } = items.find(({ kind }) => kind === 'reset') ?? {}
      for (const timeZone of ['UTC', 'Asia/Tokyo']) {
        assert.equal((await owner.patch('/api/v1/me', { timeZone })).status, 200)
        const hour = new Date(String(createdAt)).toLocaleTimeString('en', { timeZone })
        const page = (await owner.get('/admin/mailbox')).text.replaceAll(/\s/g, ' ')
        assert.ok(page.includes(hour.replace(/:\d\d(?=\s)/, '').replaceAll(/\s/g, ' ')), timeZone)
      }
      t.clock.advance({ minutes: 16 })
      assert.equal((await owner.get(path)).json()['code'], 'QL_AUTH_VERIFY_NEEDED')
      await owner.post('/api/v1/auth/verify', { password: passwordOf('the-owner') })
      assert.equal((await owner.get(path)).status, 200)
    })
  })
}
