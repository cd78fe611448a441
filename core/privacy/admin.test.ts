import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'

const TERMS = '/admin/privacy/documents/terms'

async function adminOf(t: TestStation): Promise<Visitor> {
  const person = { username: 'the-admin', email: 'admin@example.org', role: 'admin' }
  await t.station.calls.call('users.create', { ...person, password: passwordOf('the-admin') })
  const admin = t.stranger()
  const login = { login: 'the-admin', password: passwordOf('the-admin') }
  assert.equal((await admin.post('/api/v1/auth/login', login)).status, 200)
  return admin
}

for (const dialect of DIALECTS) {
  suite(`the privacy section of the administration, on ${dialect}`, () => {
    test('publishes a new version, shows how it differs, and loses nothing in a conflict', async () => {
      await using t = await buildTestStation({ dialect })
      const admin = await adminOf(t)
      assert.match((await admin.get('/admin/privacy')).text, /Terms of use/)
      const form = {
        baseVersion: '1',
        'title-ru': 'Правила',
        'body-ru': 'Одно правило.',
        'title-en': 'Rules <i>',
        'body-en': 'One rule of {station}.',
      }
      const preview = await admin.submit(TERMS, { ...form, action: 'preview' })
      assert.match(preview.text, /diff-removed/)
      assert.match((await t.stranger().get('/legal/terms')).text, /Terms of use/)
      const done = await admin.submit(TERMS, { ...form, action: 'publish' })
      assert.equal(done.headers['location'], '/legal/terms')
      const page = (await t.stranger().get('/legal/terms')).text
      assert.match(page, /Rules &lt;i>|Rules &lt;i&gt;/)
      assert.doesNotMatch(page, /\{station\}/)
      const again = await admin.submit(TERMS, { ...form, action: 'publish' })
      assert.equal(again.status, 409)
      assert.match(again.text, /One rule of \{station\}\./)
      const { items } = await t.station.audit.list({ area: 'privacy' })
      assert.equal(items[0]?.action, 'privacy.document-published')
    })

    test('keeps or fulfils a wish to go, once', async () => {
      await using t = await buildTestStation({ dialect })
      const admin = await adminOf(t)
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      for (const person of [alice, bob]) {
        await person.delete('/api/v1/me', { password: passwordOf(person.username) })
      }
      assert.match((await admin.get('/admin/privacy')).text, /alice[\s\S]*bob/)
      const { erasures } = t.station.privacy
      const decide = async (person: Visitor, action: string): Promise<number> => {
        const id = (await erasures.last(person.id))?.id ?? ''
        return (await admin.submit(`/admin/privacy/erasures/${id}`, { action })).status
      }
      assert.equal(await decide(alice, 'cancel'), 303)
      assert.equal(await decide(bob, 'fulfil'), 303)
      assert.equal(await decide(bob, 'cancel'), 404)
      assert.equal((await erasures.last(alice.id))?.state, 'cancelled')
      assert.equal((await erasures.last(bob.id))?.state, 'done')
      const gone = await t.station.auth.identityOf(bob.id)
      assert.equal(gone?.status, 'deleted')
      assert.doesNotMatch((await admin.get('/admin/privacy')).text, /alice|bob/)
    })

    test('finds consents by person, and hands over a table no spreadsheet runs', async () => {
      await using t = await buildTestStation({ dialect })
      const admin = await adminOf(t)
      await t.person('alice')
      const eve = await t.person('eve')
      await eve.ask('POST', '/settings/consents', {
        form: { document: 'publishing', action: 'give' },
        headers: { 'user-agent': '=HYPERLINK("http://evil.example")' },
      })
      const page = await admin.get('/admin/privacy/consents?q=alice')
      assert.match(page.text, /alice/)
      assert.doesNotMatch(page.text, />eve</)
      const csv = await admin.get('/admin/privacy/consents.csv?q=eve')
      assert.match(String(csv.headers['content-type']), /^text\/csv/)
      assert.match(csv.text, /"'=HYPERLINK\(""http/)
      assert.equal(csv.text.trim().split('\r\n').length, 3)
      const nobody = await admin.get('/admin/privacy/consents.csv?q=nobody')
      assert.equal(nobody.text.trim().split('\r\n').length, 1)
    })
  })
}
