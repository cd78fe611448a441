import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { passwordOf } from '../../../test/support/visitor.ts'

const PHONE = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/142.0 Mobile Safari/537.36'

const of = (id: string): string => `/api/v1/admin/users/${id}/sessions`

for (const dialect of DIALECTS) {
  describe(`sessions of another person on ${dialect}`, needs('user-management'), () => {
    test('are listed and ended by staff above them, one or all, after a fresh proof', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'admin')
      const alice = await t.person('alice')
      const phone = t.stranger()
      await phone.ask('POST', '/api/v1/auth/login', {
        json: { login: 'alice', password: passwordOf('alice') },
        headers: { 'user-agent': PHONE },
      })
      const path = of(alice.id)
      const list = async () =>
        (await olga.get(path)).json<{ items: { id: string; system: string; ip: string }[] }>().items
      const [first, second] = await list()
      assert.deepEqual(new Set([first?.system, second?.system]), new Set(['', 'Android']))
      const onPhone = [first, second].find((session) => session?.system === 'Android')

      t.clock.advance({ minutes: 16 })
      for (const target of [path, `${path}/${onPhone?.id}`]) {
        const refused = await olga.delete(target)
        assert.equal(refused.json()['code'], 'QL_AUTH_VERIFY_NEEDED', target)
      }
      await olga.post('/api/v1/auth/verify', { password: passwordOf('olga') })
      assert.equal((await olga.delete(`${path}/${onPhone?.id}`)).status, 204)
      assert.equal((await phone.get('/api/v1/me')).status, 401)
      assert.equal((await olga.delete(`${path}/${onPhone?.id}`)).status, 404)
      assert.equal((await alice.get('/api/v1/me')).status, 200)
      const ended = await olga.delete(path)
      assert.deepEqual(ended.json(), { ended: 1 })
      assert.equal((await alice.get('/api/v1/me')).status, 401)
      assert.deepEqual(await list(), [])
    })

    test('are nothing to those who are no staff, and out of reach above oneself', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'admin')
      const owner = await staff(t, 'the-owner', 'owner')
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const [own] = (await bob.get('/api/v1/me/sessions')).json<{ items: { id: string }[] }>().items
      for (const path of [of(bob.id), `${of(bob.id)}/${own?.id}`]) {
        assert.equal((await t.stranger().delete(path)).status, 401, path)
        assert.equal((await alice.delete(path)).status, 404, path)
      }
      assert.equal((await alice.get(of(bob.id))).status, 404)
      assert.equal((await olga.get(of('nobody'))).status, 404)
      assert.equal((await olga.delete(`${of(alice.id)}/${own?.id}`)).status, 404)
      assert.equal((await olga.delete(of(owner.id))).json()['code'], 'QL_AUTH_RANK')
      assert.equal((await owner.get('/api/v1/me')).status, 200)
      assert.equal((await bob.get('/api/v1/me')).status, 200)
    })
  })
}
