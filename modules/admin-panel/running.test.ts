import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { proved, staff } from '../../test/support/staff.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'

const API = '/api/v1/admin'

/** The panel, and a module that has settings and fails at every event until it is told to stop. */
function withNeighbour(): ModuleFolder {
  const folder = new ModuleFolder()
  cpSync(import.meta.dirname, join(folder.dir, 'admin-panel'), { recursive: true })
  folder.plant('taster', {
    manifest: {
      events: { subscribes: { 'user.blocked': { version: 1 } }, publishes: {} },
      collections: ['tasted'],
      settings: {
        type: 'object',
        properties: {
          isHungry: { type: 'boolean', title: 'Eats what it gets', default: false },
          spoons: { type: 'integer', minimum: 1, maximum: 9, default: 3 },
          dishes: { type: 'array', items: { type: 'string' }, default: [] },
        },
        additionalProperties: false,
      },
    },
    register: [
      `const tasted = app.store('tasted')`,
      `app.onEvent('user.blocked', async (event) => {`,
      `  if (!app.settings.isHungry) throw new Error('Not <hungry>')`,
      `  await tasted.put(event.data.id, { at: event.time })`,
      `})`,
    ],
  })
  return folder
}

/** Somebody is blocked, and the taster gives that event up. */
async function deadLetter(t: TestStation): Promise<{ consumer: string; seq: number }> {
  const person = await t.person('bob')
  const owner = await staff(t, 'olga', 'owner')
  const blocked = await owner.patch(`${API}/users/${person.id}`, { status: 'blocked' })
  assert.equal(blocked.status, 200, blocked.text)
  for (let attempt = 0; attempt < 6; attempt++) {
    await t.settle()
    t.clock.advance({ minutes: 15 })
  }
  await t.settle()
  const [letter] = await t.station.bus.deadLetters.list()
  assert.ok(letter)
  return { consumer: letter.consumer, seq: letter.seq }
}

for (const dialect of DIALECTS) {
  describe(`running the station on ${dialect}`, () => {
    test('a setting is changed, seen at once, refused with the field, and reset', async () => {
      using folder = withNeighbour()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const ada = await staff(t, 'ada', 'admin')
      const saved = await ada.submit('/admin/settings/station', { name: 'Маяк <b>', locale: 'ru' })
      assert.equal(saved.headers['location'], '/admin/settings?saved=station')
      assert.match((await t.stranger().get('/')).text, /Маяк &lt;b>|Маяк &lt;b&gt;/)
      const wrong = { quotaBytes: '1', smuggled: 'x' }
      const refused = await ada.submit('/admin/settings/media', wrong)
      assert.equal(refused.status, 422)
      assert.match(refused.text, /name="quotaBytes"[^>]*value="1"|value="1"[^>]*name="quotaBytes"/)
      assert.match(refused.text, /10 (MiB|МиБ)/)
      assert.equal(t.station.settings.media.quotaBytes, 2 ** 30)
      await ada.submit('/admin/settings/media', { quotaBytes: '20,5' })
      assert.equal(t.station.settings.media.quotaBytes, 20.5 * 2 ** 20)
      const page = await ada.get('/admin/settings')
      assert.match(page.text, /value="20\.5"/)
      await ada.submit('/admin/settings/media', { quotaBytes: '20,5', reset: 'true' })
      assert.equal(t.station.settings.media.quotaBytes, 2 ** 30)
      const unknown = await ada.patch(`${API}/settings/media`, { colour: 'red' })
      assert.equal(unknown.status, 422)
      const { items } = (await ada.get(`${API}/settings`)).json<{
        items: { name: string; changed: { actorId: string } | null }[]
      }>()
      const media = items.find(({ name }) => name === 'media')
      assert.equal(media?.changed?.actorId, ada.id)
    })

    test('settings of a module are set by the form made of its manifest', async () => {
      using folder = withNeighbour()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const ada = await staff(t, 'ada', 'admin')
      const page = await ada.get('/admin/settings')
      assert.match(page.text, /Eats what it gets/)
      const group = '/admin/settings/module:taster'
      const values = { isHungry: 'true', spoons: '5', dishes: 'soup\r\n\r\n bread ' }
      assert.equal((await ada.submit(group, values)).status, 303)
      const now = (): unknown => t.station.moduleSettings.values('taster', schemaOf(t))
      assert.deepEqual(now(), { isHungry: true, spoons: 5, dishes: ['soup', 'bread'] })
      const refused = await ada.submit(group, { spoons: 'many', dishes: '' })
      assert.equal(refused.status, 422)
      assert.match(refused.text, /value="many"/)
      assert.deepEqual(now(), { isHungry: true, spoons: 5, dishes: ['soup', 'bread'] })
      assert.equal((await ada.submit('/admin/settings/module:nobody', values)).status, 404)
    })

    test('a dead letter is seen, retried, skipped and replayed, each in the log', async () => {
      using folder = withNeighbour()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const { consumer, seq } = await deadLetter(t)
      const ada = await staff(t, 'ada', 'admin')
      const page = await ada.get('/admin/events')
      assert.match(page.text, /Not &lt;hungry>|Not &lt;hungry&gt;/)
      assert.match((await ada.get('/admin')).text, /class="board-trouble"/)
      assert.match((await ada.get('/admin')).text, /1 given up/)
      const skip = { act: 'skip', consumer, seq: String(seq) }
      assert.equal((await ada.submit('/admin/events', { ...skip, confirm: 'no' })).status, 422)
      assert.equal((await t.station.bus.deadLetters.list()).length, 1)

      await ada.submit('/admin/settings/module:taster', { isHungry: 'true', spoons: '3' })
      assert.equal((await ada.submit('/admin/events', { ...skip, act: 'retry' })).status, 303)
      await t.settle()
      assert.equal((await t.station.bus.deadLetters.list()).length, 0)
      assert.equal((await ada.submit('/admin/events', { ...skip, act: 'retry' })).status, 404)

      await ada.submit('/admin/settings/module:taster', { spoons: '3' })
      const slip = { act: 'replay', consumer, from: '7', confirm: 'taster' }
      const kept = await ada.submit('/admin/events', slip)
      assert.equal(kept.status, 422)
      assert.match(
        kept.text,
        new RegExp(`<option value="${consumer}" selected|<option selected value="${consumer}"`),
      )
      assert.match(kept.text, /name="from"[^>]*value="7"|value="7"[^>]*name="from"/)
      const again = { consumer, fromSeq: 0 }
      const unsure = await ada.post(`${API}/events/replay`, { ...again, confirm: 'taster' })
      assert.equal(unsure.status, 422)
      const sure = await ada.post(`${API}/events/replay`, { ...again, confirm: consumer })
      assert.equal(sure.status, 204, sure.text)
      for (let attempt = 0; attempt < 6; attempt++) {
        await t.settle()
        t.clock.advance({ minutes: 15 })
      }
      await t.settle()
      assert.equal((await t.station.bus.deadLetters.list()).length, 1)
      await proved(t, ada)
      await ada.submit('/admin/events', { ...skip, confirm: consumer })
      assert.equal((await t.station.bus.deadLetters.list()).length, 0)
      const { items } = await t.station.audit.list({ area: 'event', actorId: ada.id })
      assert.deepEqual(
        items.map(({ action, outcome }) => `${action} ${outcome}`),
        [
          'event.skipped done',
          'event.replayed done',
          'event.retried refused',
          'event.retried done',
        ],
      )
    })

    test('the log is filtered, exported without formulas, and verified', async () => {
      using folder = withNeighbour()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const ada = await staff(t, 'ada', 'admin')
      const alice = await t.person('alice')
      assert.match((await ada.get('/admin')).text, /Nothing but sign-ins so far/)
      const reason = '=HYPERLINK("http://evil.example")'
      await ada.patch(`${API}/users/${alice.id}`, { status: 'blocked', reason })
      await ada.submit('/admin/settings/station', { name: 'Онего', locale: 'ru' })
      const people = await ada.get(`${API}/audit?area=user`)
      assert.deepEqual(
        people.json<{ items: { action: string }[] }>().items.map(({ action }) => action),
        ['user.blocked'],
      )
      const page = await ada.get('/admin/security?area=settings')
      assert.match(page.text, /Онего/)
      for (const who of ['ada', '@ada', '%20Ada', ada.id]) {
        const found = await ada.get(`/admin/security?area=settings&actorId=${who}`)
        assert.match(found.text, /Онего/, who)
        assert.match(found.text, new RegExp(`audit\\?[^"]*actorId=${ada.id}[^"]*format=csv`), who)
      }
      for (const who of ['alice', 'nobody', '@'.repeat(100)]) {
        const found = await ada.get(`/admin/security?area=settings&actorId=${who}`)
        assert.match(found.text, /Nothing fits this filter|ничего не нашлось/, who)
      }
      assert.doesNotMatch(page.text, /HYPERLINK/)
      const csv = await ada.get(`${API}/audit?area=user&format=csv`)
      assert.match(String(csv.headers['content-disposition']), /audit\.csv/)
      assert.doesNotMatch(csv.text, /(^|,)"?=/m)
      const lines = (await ada.get(`${API}/audit?format=json`)).text.trim().split('\n')
      assert.equal(lines.length, 5)
      assert.ok(lines.every((line) => JSON.parse(line).seq > 0))
      const verified = await ada.post(`${API}/audit/verification`)
      for (const language of ['ru', 'en']) {
        await ada.submit('/preferences', { locale: language, return: '/' })
        const { text } = await ada.get('/admin/security')
        assert.ok(text.includes('log-change'), language)
        assert.doesNotMatch(
          text.slice(text.indexOf('log-rows')),
          /<li>[a-z]\w*(?:<|:)/,
          'a field without a name',
        )
      }
      assert.equal(verified.json()['isWhole'], true)
      assert.equal((await ada.submit('/admin/security/verification', {})).status, 303)
      assert.match((await ada.get('/admin/security')).text, /notice-good/)
      const alone = await t.station.audit.list({ area: 'audit' })
      assert.equal(alone.items.length, 4)
    })

    test('limits in force are those of the code, and of what is docked', async () => {
      await using t = await buildTestStation({ dialect })
      const ada = await staff(t, 'ada', 'admin')
      const limits = (await ada.get(`${API}/limits`)).json<{
        guesses: { password: { perPlace: number } }
        routes: { method: string; path: string; max: number; windowS: number }[]
      }>()
      const verification = { method: 'POST', path: `${API}/audit/verification` }
      assert.deepEqual(
        limits.routes.find(({ path }) => path === verification.path),
        { ...verification, max: 10, windowS: 600 },
      )
      assert.equal(limits.guesses.password.perPlace, 5)
      assert.match((await ada.get('/admin/security')).text, /POST \/api\/v1\/admin\/audit\/verif/)
      assert.equal((await (await t.person('alice')).get(`${API}/limits`)).status, 404)
    })

    test('the overview shows what was counted, also as a table', async () => {
      using folder = withNeighbour()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const ada = await staff(t, 'ada', 'admin')
      await t.station.figures.count()
      for (const period of ['day', 'week', 'month']) {
        const answer = await ada.get(`${API}/stats?period=${period}`)
        const stats = answer.json<{ people: { all: number; today: number; values: number[] } }>()
        assert.equal(stats.people.all, 1)
        assert.equal(stats.people.values.at(-1), 1, period)
        const page = await ada.get(`/admin?period=${period}`)
        assert.match(page.text, /<tbody><tr><th scope="row">/)
        assert.doesNotMatch(page.text, /NaN|undefined|admin\.board/)
      }
      assert.equal((await ada.get(`${API}/stats?period=year`)).status, 422)
    })
  })
}

function schemaOf(t: TestStation): Readonly<Record<string, unknown>> {
  const found = t.station.loader.modules.find(({ id }) => id === 'taster')
  return found?.manifest?.settings ?? {}
}
