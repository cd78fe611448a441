import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf } from '../../test/support/visitor.ts'
import { trimLogs } from '../log/log-redaction.ts'
import type { RetentionReport } from './retention.ts'

/** What the run of the day has noted, whether a tick of the station's own or this one began it. */
async function daily({ station }: TestStation): Promise<RetentionReport> {
  await station.scheduler.tick()
  const [report] = await station.privacy.retention.reports()
  assert.ok(report)
  return report
}

for (const dialect of DIALECTS) {
  suite(`what is kept for a time, on ${dialect}`, () => {
    test('goes when its time is over, and the station notes how much that was', async () => {
      await using t = await buildTestStation({ dialect })
      const { database, settings, privacy, audit } = t.station
      const alice = await t.person('alice')
      await alice.post('/api/v1/me/export')
      await t.settle()
      await alice.post('/api/v1/auth/logout')
      await settings.change('retention', { sessionDays: 10, auditDays: 40 }, { id: 'nobody' })
      await database.transaction(({ session }) =>
        session.run(
          `insert into registrations (id, username, email, password_hash, password_scheme,
             pepper_kid, token_hash, locale, data, created_at, expires_at)
           values ('r', 'late', 'late@example.org', '', '', '', 'hash', 'en', '{}', ?, ?)`,
          [t.clock.now().toISOString(), new Date(t.clock.now().getTime() + 1e12).toISOString()],
        ),
      )
      const early = await privacy.retention.run()
      assert.deepEqual(
        Object.values(early.removed).filter((count) => count !== 0),
        [],
      )
      t.clock.advance({ hours: 24 * 11 })
      const later = await daily(t)
      const { sessions, registrations, archives, auditRows } = later.removed
      assert.deepEqual([sessions, registrations, archives, auditRows], [1, 1, 1, 0])
      assert.deepEqual(await database.reader.all('select id from sessions'), [])
      t.clock.advance({ hours: 24 * 31 })
      const last = await daily(t)
      assert.ok((last.removed['auditRows'] ?? 0) > 0)
      assert.equal((await audit.verify()).isWhole, true)
      assert.deepEqual(t.warnings, [])
      const back = { login: 'alice', password: passwordOf('alice') }
      assert.equal((await t.stranger().post('/api/v1/auth/login', back)).status, 200)
    })
  })
}

test('lines of the log go one by one, by their own time', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'quark-log-'))
  const [old, fresh] = ['2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'].map((time) =>
    JSON.stringify({ level: 30, time, msg: time }),
  )
  writeFileSync(join(dir, 'quark.log'), `${old}\n${fresh}\n`)
  assert.equal(await trimLogs(dir, new Date('2026-02-01')), 1)
  assert.equal(readFileSync(join(dir, 'quark.log'), 'utf8'), `${fresh}\n`)
  rmSync(dir, { recursive: true })
})
