import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { buildTestStation } from '../../test/support/station.ts'
import { CodedError } from '../errors.ts'
import { problemsOf } from '../schema.ts'
import { SECTIONS } from './sections.ts'

const OWNER = { id: 'the-owner' }

for (const dialect of DIALECTS) {
  suite(`settings of the station on ${dialect}`, () => {
    test('have their defaults, and change while the station runs', async () => {
      await using t = await buildTestStation({ dialect })
      const { settings, audit } = t.station
      assert.equal(settings.people.registration, 'open')
      const stranger = t.stranger()
      assert.match((await stranger.get('/')).text, /Quark-Light/)
      let changes = 0
      const forget = settings.onChanged(() => changes++)

      await settings.change('station', { name: 'Маяк <b>' }, OWNER)
      const { text } = await stranger.get('/')
      assert.match(text, /Маяк &lt;b>/)
      assert.doesNotMatch(text, /Quark-Light</)
      assert.equal(changes, 1)
      await settings.change('people', { registration: 'closed' }, OWNER)
      assert.doesNotMatch((await stranger.get('/')).text, /href="\/auth\/register"/)
      forget()

      const { items } = await audit.list({ area: 'settings' })
      assert.deepEqual(
        items.map(({ subject, actorId, before, after }) => [subject, actorId, before, after]),
        [
          ['settings/people', 'the-owner', { registration: 'open' }, { registration: 'closed' }],
          ['settings/station', 'the-owner', { name: 'Quark-Light' }, { name: 'Маяк <b>' }],
        ],
      )
      const told = t.events.filter(({ type }) => type === 'settings.changed')
      assert.deepEqual(
        told.map(({ subject, data, actor }) => [subject, data, actor]),
        [
          ['settings/station', { owner: 'core', keys: ['name'] }, 'the-owner'],
          ['settings/people', { owner: 'core', keys: ['registration'] }, 'the-owner'],
        ],
      )
    })

    test('are refused whole, with the field, and what is the same is no change', async () => {
      await using t = await buildTestStation({ dialect })
      const { settings, audit } = t.station
      const wrong = settings.change('retention', { logDays: 5, auditDays: 1 }, OWNER)
      await assert.rejects(wrong, (error: unknown) => {
        assert.ok(error instanceof CodedError)
        assert.deepEqual(
          error.details.errors?.map(({ path }) => path),
          ['/auditDays'],
        )
        return true
      })
      const unknown = { quotaBytes: 2 ** 30, colour: 'red' } as { quotaBytes: number }
      await assert.rejects(settings.change('media', unknown, OWNER), /QL_VALIDATION/)
      await settings.change('retention', { logDays: 30 }, OWNER)
      assert.equal(settings.retention.logDays, 30)
      assert.equal((await audit.list({ area: 'settings' })).items.length, 0)
    })

    test('outlive the station, and yield where they no longer fit', async () => {
      await using t = await buildTestStation({ dialect })
      const { settings, database } = t.station
      await settings.change('retention', { logDays: 9 }, OWNER)
      await settings.load()
      assert.equal(settings.retention.logDays, 9)
      await database.transaction(({ session }) =>
        session.run(`update settings set value = '"never"' where key = 'retention.logDays'`),
      )
      await settings.load()
      assert.equal(settings.retention.logDays, 30)
    })
  })
}

suite('settings of a module', () => {
  const SCHEMA = {
    type: 'object',
    properties: {
      words: { type: 'integer', minimum: 1, maximum: 9, default: 3 },
      names: { type: 'array', items: { type: 'string' }, default: [] },
    },
    additionalProperties: false,
  }

  test('are read as they are at each moment, without another start', async () => {
    using folder = new ModuleFolder()
    const manifest = {
      settings: SCHEMA,
      routes: [{ method: 'GET', path: '/words', policy: 'public' }],
    }
    folder.plant('counter', {
      manifest,
      register: [
        `app.route('GET', '/words', { policy: 'public', summary: 'x' },`,
        '  async () => ({ body: app.settings }))',
      ],
    })
    await using t = await buildTestStation({ dialect: 'sqlite', modulesDir: folder.dir })
    const { moduleSettings, audit } = t.station
    const seen = async (): Promise<unknown> =>
      (await t.stranger().get('/api/v1/counter/words')).json()
    assert.deepEqual(await seen(), { words: 3, names: [] })

    await moduleSettings.replace('counter', SCHEMA, { words: 5, names: ['a'] }, OWNER)
    assert.deepEqual(await seen(), { words: 5, names: ['a'] })
    await assert.rejects(moduleSettings.replace('counter', SCHEMA, { words: 10 }, OWNER))
    await assert.rejects(moduleSettings.replace('counter', SCHEMA, { colour: 'red' }, OWNER))
    assert.deepEqual(await seen(), { words: 5, names: ['a'] })

    await moduleSettings.replace('counter', SCHEMA, { names: ['a'] }, OWNER)
    assert.deepEqual(await seen(), { words: 3, names: ['a'] })
    const { items } = await audit.list({ subject: 'settings/counter' })
    assert.deepEqual(
      items.map(({ before, after }) => [before, after]),
      [
        [{ words: 5 }, { words: 3 }],
        [
          { words: 3, names: [] },
          { words: 5, names: ['a'] },
        ],
      ],
    )
  })
})

test('every section speaks both languages, and so does every field', () => {
  const missing: string[] = []
  const look = (place: string, words: unknown): void => {
    const spoken = (words ?? {}) as Record<string, string>
    if (!spoken['en'] || !spoken['ru']) missing.push(place)
  }
  for (const [name, { titles, help, schema }] of Object.entries(SECTIONS)) {
    look(`${name} titles`, titles)
    look(`${name} help`, help)
    for (const [key, field] of Object.entries(schema.properties)) {
      const known = field as unknown as Record<string, unknown>
      look(`${name}.${key} titles`, known['titles'])
      look(`${name}.${key} help`, known['help'])
      for (const option of (known['enum'] ?? []) as string[]) {
        const options = (known['options'] ?? {}) as Record<string, unknown>
        look(`${name}.${key} ${option}`, options[option])
      }
    }
    assert.ok(problemsOf(schema, {}).length > 0, name)
  }
  assert.deepEqual(missing, [])
})
