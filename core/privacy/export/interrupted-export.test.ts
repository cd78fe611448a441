import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { unzipSync } from 'fflate'
import { DataFolder } from '../../../test/support/data-folder.ts'
import { buildTestStation } from '../../../test/support/station.ts'
import { startStationProcess } from '../../../test/support/station-process.ts'
import { passwordOf } from '../../../test/support/visitor.ts'

const PATH = '/api/v1/me/export'
const HOUR_MS = 3_600_000

suite('an archive that is interrupted', () => {
  test('by a kill is whole after the next start', async () => {
    const station = await startStationProcess({ env: { QUARK_RATE_LIMITS: 'off' } })
    try {
      const ask = (path: string, body?: object, token = '') =>
        fetch(`${station.url}${path}`, {
          ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
          headers: {
            ...(body ? { 'content-type': 'application/json' } : {}),
            'sec-fetch-site': 'same-origin',
            origin: station.url,
            ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
          },
        })
      const account = { username: 'marie', email: 'marie@example.org', consent: true }
      const registered = await ask('/api/v1/auth/register', {
        ...account,
        password: passwordOf('marie'),
      })
      const { accessToken } = (await registered.json()) as { accessToken: string }
      const begun = await ask(PATH, {}, accessToken)
      assert.equal(begun.status, 202)
      const { id } = (await begun.json()) as { id: string }
      await station.crashAndRestart()
      let answer = await ask(`${PATH}/${id}`, undefined, accessToken)
      for (let tries = 0; answer.status === 202 && tries < 300; tries++) {
        await new Promise((later) => setTimeout(later, 100))
        answer = await ask(`${PATH}/${id}`, undefined, accessToken)
      }
      assert.equal(answer.status, 200)
      assert.ok('index.html' in unzipSync(new Uint8Array(await answer.arrayBuffer())))
      assert.deepEqual(readdirSync(join(station.dataDir, 'exports')), [`${id}.zip`])
    } finally {
      await station.stop()
    }
  })

  test('in the middle is begun again, and one from long ago has failed cleanly', async () => {
    using data = new DataFolder()
    const ids = {
      fresh: '01900000-0000-7000-8000-000000000002',
      old: '01900000-0000-7000-8000-000000000001',
    }
    let alice = ''
    {
      await using t = await buildTestStation({ dialect: 'sqlite', dataDir: data.dir })
      alice = (await t.person('alice')).id
      const bob = (await t.person('bob')).id
      const now = t.clock.now().getTime()
      mkdirSync(join(data.dir, 'exports'), { recursive: true })
      const rows = [
        [ids.fresh, alice, now],
        [ids.old, bob, now - 2 * HOUR_MS],
      ] as const
      for (const [id, userId, at] of rows) {
        writeFileSync(join(data.dir, 'exports', `${id}.zip.part`), 'half of it')
        await t.station.database.transaction(({ session }) =>
          session.run(
            `insert into personal_exports (id, user_id, locale, state, percent, bytes, created_at)
             values (?, ?, 'en', 'running', 40, 0, ?)`,
            [id, userId, new Date(at).toISOString()],
          ),
        )
      }
    }
    await using t = await buildTestStation({ dialect: 'sqlite', dataDir: data.dir })
    await t.settle()
    const states = await t.station.database.reader.all(
      'select id, state from personal_exports order by id',
    )
    assert.deepEqual(
      states.map((row) => [row['id'], row['state']]),
      [
        [ids.old, 'failed'],
        [ids.fresh, 'ready'],
      ],
    )
    assert.deepEqual(readdirSync(join(data.dir, 'exports')), [`${ids.fresh}.zip`])
    const row = await t.station.privacy.exports.find(alice, ids.fresh)
    assert.equal(row?.percent, 100)
  })
})
