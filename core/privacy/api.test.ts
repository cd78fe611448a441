import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { needs } from '../../test/support/neighbour.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'

const CONSENTS = '/api/v1/me/consents'
const DESK = '/api/v1/admin/privacy'
const TEXTS = {
  ru: { title: 'Новый текст', body: 'Для «{station}».' },
  en: { title: 'A new text', body: 'For “{station}”.' },
}

interface Consent {
  readonly document: string
  readonly version: number
  readonly state: string
  readonly answered: { readonly version: number } | null
  readonly isAsked: boolean
}

async function consentOf(person: Visitor, document: string): Promise<Consent | undefined> {
  const answer = await person.get(CONSENTS)
  const { items } = answer.json<{ items: Consent[] }>()
  return items.find((each) => each.document === document)
}

for (const dialect of DIALECTS) {
  describe(`consents for programs on ${dialect}`, needs('user-management'), () => {
    test('are given to the version that is in force, and taken back once', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      assert.equal((await consentOf(alice, 'publishing'))?.state, 'none')
      const path = `${CONSENTS}/publishing`
      assert.equal((await alice.put(path, { version: 7 })).json()['code'], 'QL_PRIVACY_VERSION_OLD')
      assert.equal((await alice.put(path, {})).status, 422)
      const read = (await alice.get('/api/v1/legal/publishing')).json()
      assert.equal((await alice.put(path, { version: read['version'] })).status, 204)
      assert.deepEqual((await consentOf(alice, 'publishing'))?.answered?.version, read['version'])
      for (let time = 0; time < 2; time++) assert.equal((await alice.delete(path)).status, 204)
      assert.equal((await consentOf(alice, 'publishing'))?.state, 'withdrawn')
      assert.equal((await consentOf(bob, 'publishing'))?.state, 'none')
      const records = await t.station.privacy.consents.records({ userIds: [alice.id], limit: 9 })
      assert.deepEqual(
        records.map(({ document, action, method }) => [document, action, method]),
        [
          ['publishing', 'withdrawn', 'api'],
          ['publishing', 'given', 'api'],
          ['consent', 'given', 'registration'],
        ],
      )
    })

    test('keep what an account needs, and know no other documents', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const needed = await alice.delete(`${CONSENTS}/consent`)
      assert.deepEqual([needed.status, needed.json()['code']], [409, 'QL_PRIVACY_CONSENT_NEEDED'])
      assert.equal((await consentOf(alice, 'consent'))?.state, 'given')
      assert.equal((await alice.delete(`${CONSENTS}/terms`)).status, 404)
      assert.equal((await alice.put(`${CONSENTS}/nothing`, { version: 1 })).status, 404)
      assert.equal((await alice.get('/api/v1/legal/nothing')).status, 404)
      assert.equal((await alice.get('/api/v1/legal/terms?version=9')).status, 404)
    })
  })

  describe(`the desk of rights for programs on ${dialect}`, needs('user-management'), () => {
    test('decides about a wish to go once, after a fresh proof', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'admin')
      const alice = await t.person('alice')
      await alice.delete('/api/v1/me', { password: passwordOf('alice') })
      const { items } = (await olga.get(`${DESK}/erasures`)).json<{
        items: { id: string; username: string }[]
      }>()
      assert.deepEqual(
        items.map(({ username }) => username),
        ['alice'],
      )
      const path = `${DESK}/erasures/${items[0]?.id}/decision`
      t.clock.advance({ minutes: 16 })
      const early = await olga.put(path, { decision: 'fulfil' })
      assert.equal(early.json()['code'], 'QL_AUTH_VERIFY_NEEDED')
      await olga.post('/api/v1/auth/verify', { password: passwordOf('olga') })
      assert.equal((await olga.put(path, { decision: 'away' })).status, 422)
      assert.equal((await olga.put(path, { decision: 'fulfil' })).status, 204)
      assert.equal((await olga.put(path, { decision: 'cancel' })).status, 404)
      assert.equal((await t.station.auth.identityOf(alice.id))?.status, 'deleted')
      const { items: noted } = await t.station.audit.list({ area: 'privacy' })
      assert.equal(noted[0]?.action, 'privacy.erasure-fulfilled')
    })

    test('shows consents page by page, and how long things are kept', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'admin')
      for (const name of ['alice', 'bob', 'carol']) await t.person(name)
      interface Records {
        readonly items: readonly { readonly userId: string }[]
        readonly nextCursor: string | null
      }
      const page = async (query: string): Promise<Records> =>
        (await olga.get(`${DESK}/consents?${query}`)).json<Records & Record<string, unknown>>()
      const first = await page('limit=2')
      const second = await page(`limit=2&cursor=${first.nextCursor}`)
      assert.deepEqual([first.items.length, second.items.length, second.nextCursor], [2, 2, null])
      assert.equal((await page('q=@bob')).items.length, 1)
      assert.equal((await page('q=nobody')).items.length, 0)
      await t.station.privacy.retention.run()
      const kept = (await olga.get(`${DESK}/retention`)).json<{
        periods: Record<string, number>
        reports: { removed: Record<string, number> }[]
      }>()
      assert.equal(kept.periods['logDays'], 30)
      assert.equal(kept.reports[0]?.removed['sessions'], 0)
    })

    test('publishes a text that people then read, unless another came between', async () => {
      await using t = await buildTestStation({ dialect })
      const olga = await staff(t, 'olga', 'admin')
      const alice = await t.person('alice')
      const path = `${DESK}/documents/consent`
      const next = { baseVersion: 1, texts: TEXTS, asksAgain: true }
      assert.equal((await alice.put(path, next)).status, 404)
      assert.deepEqual((await olga.put(path, next)).json(), { version: 2 })
      assert.equal((await olga.put(path, next)).json()['code'], 'QL_PRIVACY_DOCUMENT_CHANGED')
      const russian = { headers: { 'accept-language': 'ru' } }
      const text = (await t.stranger().get('/api/v1/legal/consent', russian)).json()
      assert.deepEqual([text['title'], text['version']], ['Новый текст', 2])
      assert.doesNotMatch(String(text['body']), /\{station\}/)
      assert.equal((await consentOf(alice, 'consent'))?.isAsked, true)
      assert.equal((await alice.put(`${CONSENTS}/consent`, { version: 2 })).status, 204)
      assert.equal((await consentOf(alice, 'consent'))?.isAsked, false)
    })
  })
}
