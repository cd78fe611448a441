import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { fullDate } from '../../../templates/index.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { staff } from '../../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { passwordOf } from '../../../test/support/visitor.ts'
import type { DocumentName } from '../legal/legal-template.ts'

async function newVersion(t: TestStation, document: DocumentName, asksAgain: boolean) {
  const { documents } = t.station.privacy
  const { version } = await documents.text(document, 'en')
  const texts = {
    ru: { title: 'Новый текст', body: 'Для «{station}».' },
    en: { title: 'A new text', body: 'For “{station}” <b>bold</b>.' },
  }
  return documents.publish({ document, baseVersion: version, texts, asksAgain }, 'nobody')
}

async function records(t: TestStation, userId: string) {
  const { reader } = t.station.database
  return reader.all('select * from consent_records where user_id = ? order by id', [userId])
}

for (const dialect of DIALECTS) {
  suite(`what people agree to, on ${dialect}`, () => {
    test('is written with the account: which text, when, from where and how', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const [row, ...others] = await records(t, alice.id)
      assert.equal(others.length, 0)
      const text = await t.station.privacy.documents.text('consent', 'en')
      assert.deepEqual(
        [row?.['purpose'], row?.['action'], row?.['version'], row?.['sha256'], row?.['method']],
        ['processing', 'given', 1, text.sha256, 'registration'],
      )
      assert.equal(row?.['ip'], '127.0.0.1')
      const refused = await t.stranger().post('/api/v1/auth/register', {
        username: 'bobby',
        email: 'bobby@example.org',
        password: passwordOf('bobby'),
        consent: false,
      })
      assert.equal(refused.status, 422)
      const all = await t.station.database.reader.all('select id from consent_records')
      assert.equal(all.length, 1)
    })

    test('is dated as the person who reads it counts days', needs('user-management'), async () => {
      await using t = await buildTestStation({ dialect })
      /* Noon in UTC is the next day already where the sun rises first, and the same day elsewhere. */
      const minutes = 12 * 60 - t.clock.now().getUTCHours() * 60 - t.clock.now().getUTCMinutes()
      t.clock.advance({ minutes: minutes > 0 ? minutes : minutes + 24 * 60 })
      const alice = await t.person('alice')
      const ada = await staff(t, 'ada', 'admin')
      const dayIn = (zone: string): string => fullDate(t.clock.now(), 'en', zone)
      const [here, ahead] = [dayIn('UTC'), dayIn('Pacific/Kiritimati')]
      assert.notEqual(here, ahead)
      for (const [who, path] of [
        [alice, '/settings'],
        [ada, '/admin/privacy/consents?q=alice'],
      ] as const) {
        await who.patch('/api/v1/me', { timeZone: 'UTC' })
        assert.match((await who.get(path)).text, new RegExp(here), path)
        await who.patch('/api/v1/me', { timeZone: 'Pacific/Kiritimati' })
        const { text } = await who.get(path)
        assert.match(text, new RegExp(ahead), path)
      }
    })

    test('is asked again where a text says so, and nobody is locked out meanwhile', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const bob = await t.person('bob')
      assert.equal((await alice.get('/posts')).status, 200)
      await newVersion(t, 'consent', false)
      assert.equal((await alice.get('/posts')).status, 200)
      await newVersion(t, 'consent', true)
      const asked = await alice.get('/posts?tag=x')
      assert.equal(asked.status, 303)
      assert.equal(asked.headers['location'], '/consent?return=%2Fposts%3Ftag%3Dx')
      for (const path of ['/settings/data', '/settings/deletion', '/legal/consent', '/consent']) {
        assert.equal((await alice.get(path)).status, 200, path)
      }
      assert.equal((await alice.post('/api/v1/me/export')).status, 202)
      assert.equal((await t.stranger().get('/posts')).status, 200)
      assert.equal((await bob.get('/consent?return=/posts')).status, 200)
      const page = await alice.get('/consent?return=/posts')
      assert.doesNotMatch(page.text, /<b>bold|checked/)
      const form = { document: 'consent', version: '3', return: '/posts' }
      assert.equal((await alice.submit('/consent', form)).status, 422)
      const stale = { ...form, version: '2', agree: 'true' }
      assert.equal((await alice.submit('/consent', stale)).status, 422)
      assert.equal((await records(t, alice.id)).length, 1)
      const given = await alice.submit('/consent', { ...form, agree: 'true' })
      assert.equal(given.headers['location'], '/posts')
      assert.equal((await alice.get('/posts')).status, 200)
      const [, again] = await records(t, alice.id)
      assert.deepEqual([again?.['version'], again?.['method']], [3, 'page'])
      const later = await bob.submit('/consent/later', { return: 'https://evil.example' })
      assert.equal(later.headers['location'], '/')
      assert.equal((await bob.get('/posts')).status, 200)
      assert.equal((await records(t, bob.id)).length, 1)
      await t.settle()
    })

    test('to publish can be taken back: page and posts are hidden, kept ones dropped', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const made = await alice.post('/api/v1/posts', {
        title: 'Open letter',
        content: { markdown: 'Xyzzy.' },
        status: 'published',
      })
      const { slug } = made.json<{ slug: string }>()
      const places = ['/user/alice', '/user/alice/blog', `/user/alice/blog/${slug}`]
      const own = '/user/alice/blog/feed.xml'
      const feeds = ['/posts', '/feed.xml', '/']
      for (const place of [...places, own, ...feeds]) {
        assert.equal((await t.stranger().get(place)).status, 200, place)
      }
      await alice.submit('/settings/consents', { document: 'publishing', action: 'give' })
      await alice.submit('/settings/consents', { document: 'publishing', action: 'withdraw' })
      await t.settle()
      for (const place of [...places, own]) {
        const hidden = (await t.stranger().get(place)).status
        assert.ok(hidden === 404 || hidden === 410, `${place}: ${hidden}`)
      }
      for (const place of feeds) {
        assert.doesNotMatch((await t.stranger().get(place)).text, /Open letter|alice/i, place)
      }
      assert.equal((await t.stranger().get('/api/v1/users/alice')).status, 404)
      assert.equal((await alice.get('/user/alice')).status, 200)
      const refused = await alice.post('/api/v1/posts', {
        title: 'Another',
        content: { markdown: 'x' },
        status: 'published',
      })
      assert.equal(refused.json<{ code: string }>().code, 'QL_BLOG_PUBLISHING_CONSENT')
      await alice.submit('/settings/consents', { document: 'publishing', action: 'give' })
      assert.equal((await t.stranger().get('/user/alice')).status, 200)
      const actions = (await records(t, alice.id)).map((row) => row['action'])
      assert.deepEqual(actions, ['given', 'given', 'withdrawn', 'given'])
      assert.deepEqual(t.warnings, [])
    })

    test('to publish is asked first where the operator wants it so', async () => {
      await using t = await buildTestStation({ dialect })
      const { settings } = t.station
      await settings.change('operator', { asksPublishing: true }, { id: 'nobody' })
      const alice = await t.person('alice')
      assert.equal((await t.stranger().get('/user/alice')).status, 404)
      const post = { title: 'A', content: { markdown: 'x' }, status: 'published' }
      assert.equal((await alice.post('/api/v1/posts', post)).status, 403)
      assert.match(String((await alice.get('/write')).headers['location']), /^\/consent\?/)
      const form = { document: 'publishing', version: '1', agree: 'true', return: '/write' }
      assert.equal((await alice.submit('/consent', form)).headers['location'], '/write')
      assert.equal((await alice.post('/api/v1/posts', post)).status, 201)
      assert.equal((await t.stranger().get('/user/alice')).status, 200)
    })

    test('to the processing is taken back by leaving, which is said plainly', async () => {
      await using t = await buildTestStation({ dialect })
      const alice = await t.person('alice')
      const form = { document: 'consent', action: 'withdraw' }
      const answer = await alice.submit('/settings/consents', form)
      assert.equal(answer.headers['location'], '/settings/deletion')
      const card = (await alice.get('/settings')).text
      assert.match(card, /withdrawing means deleting it/)
      assert.match(card, /href="\/legal\/consent\?version=1"/)
      const terms = await alice.submit('/settings/consents', { document: 'terms', action: 'give' })
      assert.equal(terms.status, 404)
    })
  })

  suite(`the legal documents, on ${dialect}`, () => {
    test('name the operator, follow the settings, and keep every version', async () => {
      await using t = await buildTestStation({ dialect })
      const { settings, privacy } = t.station
      const before = await t.stranger().get('/legal/privacy')
      assert.match(before.text, /SHA-256: [0-9a-f]{64}/)
      assert.doesNotMatch(before.text, /\{\w+\}|Address:/)
      await settings.change('operator', { name: 'Ada & <Co>', address: 'Pier 1' }, { id: 'nobody' })
      await t.settle()
      const after = await t.stranger().get('/legal/privacy')
      assert.match(after.text, /Operator: Ada &amp; &lt;Co>|Operator: Ada &amp; &lt;Co&gt;/)
      assert.match(after.text, /Address: Pier 1/)
      const ru = { headers: { 'accept-language': 'ru' } }
      assert.match((await t.stranger().get('/legal/privacy', ru)).text, /Адрес: Pier 1/)
      const first = await t.stranger().get('/legal/privacy?version=1')
      assert.doesNotMatch(first.text, /Pier 1/)
      for (const wrong of ['/legal/nothing', '/legal/terms?version=9', '/legal/terms?version=x']) {
        assert.equal((await t.stranger().get(wrong)).status, 404, wrong)
      }
      await newVersion(t, 'privacy', false)
      assert.match((await t.stranger().get('/legal/privacy')).text, /A new text/)
      await settings.change('operator', { address: 'Pier 2' }, { id: 'nobody' })
      await t.settle()
      assert.match((await t.stranger().get('/legal/privacy')).text, /A new text/)
      assert.match((await t.stranger().get('/legal/terms')).text, /Pier 2/)
      const stale = { document: 'terms', baseVersion: 1, asksAgain: true } as const
      const texts = { ru: { title: 'Т', body: 'т' }, en: { title: 'T', body: 't' } }
      await assert.rejects(privacy.documents.publish({ ...stale, texts }, 'nobody'), {
        code: 'QL_PRIVACY_DOCUMENT_CHANGED',
      })
    })
  })
}
