import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Database } from '../../db/index.ts'
import { FakeClock } from '../../test/support/clock.ts'
import { DIALECTS, type DialectName, openCoreDatabase } from '../../test/support/databases.ts'
import { silentLog } from '../../test/support/silent-log.ts'
import { AuditLog } from './audit-log.ts'
import { exportAudit } from './export.ts'
import { SecurityWatch } from './security-watch.ts'

const KEY = Buffer.alloc(32, 7)

interface TestAudit extends AsyncDisposable {
  readonly audit: AuditLog
  readonly database: Database
  readonly clock: FakeClock
  reopened(key?: Buffer): AuditLog
}

async function openAudit(dialect: DialectName): Promise<TestAudit> {
  const opened = await openCoreDatabase(dialect)
  const { database } = opened
  const clock = new FakeClock(new Date('2026-01-01T00:00:00Z'))
  const reopened = (key = KEY): AuditLog => new AuditLog({ database, clock, key })
  return {
    audit: reopened(),
    database,
    clock,
    reopened,
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  }
}

async function fill({ audit, clock }: TestAudit, rows: number): Promise<void> {
  for (let row = 1; row <= rows; row++) {
    clock.advance({ hours: 24 })
    await audit.record({
      action: row % 2 === 0 ? 'user.blocked' : 'session.ended',
      outcome: row % 3 === 0 ? 'refused' : 'done',
      actorId: 'alice',
      subject: `user/${row}`,
      ip: '192.0.2.1',
      after: { row },
    })
  }
}

/** Somebody with the database's own password, who has taken the guards away first. */
async function forge(database: Database, statement: string): Promise<void> {
  await database.transaction(async ({ session }) => {
    const guards = ['audit_log_unchanging', 'audit_log_unremovable', 'audit_log_uncut']
    for (const guard of guards) {
      if (session.dialect === 'sqlite') await session.exec(`drop trigger if exists ${guard}`)
      else await session.exec(`drop trigger if exists ${guard} on audit_log`)
    }
    await session.exec(statement)
  })
}

for (const dialect of DIALECTS) {
  suite(`the audit log on ${dialect}`, () => {
    test('is whole as long as nobody touches it, however many write at once', async () => {
      await using t = await openAudit(dialect)
      assert.deepEqual(await t.audit.verify(), {
        isWhole: true,
        rows: 0,
        at: t.clock.now().toISOString(),
      })
      const other = t.reopened()
      await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          (index % 2 ? t.audit : other).record({ action: 'user.blocked', outcome: 'done' }),
        ),
      )
      const found = await t.audit.verify()
      assert.deepEqual([found.isWhole, found.rows], [true, 40])
      const { items } = await t.audit.list({}, 100)
      assert.deepEqual(
        items.map(({ seq }) => seq),
        Array.from({ length: 40 }, (_, index) => 40 - index),
      )
    })

    test('is written with the change it tells of, or not at all', async () => {
      await using t = await openAudit(dialect)
      const failing = t.database.transaction(async (tx) => {
        await t.audit.record({ action: 'user.blocked', outcome: 'done' }, tx)
        throw new Error('no')
      })
      await assert.rejects(failing, /no/)
      assert.equal((await t.audit.list()).items.length, 0)
      await t.database.transaction((tx) =>
        t.audit.record({ action: 'user.blocked', outcome: 'done' }, tx),
      )
      assert.equal((await t.audit.verify()).rows, 1)
    })

    test('lets no row be changed or removed, not even by its own program', async () => {
      await using t = await openAudit(dialect)
      await fill(t, 3)
      const statements = [
        `update audit_log set outcome = 'done' where seq = 3`,
        'delete from audit_log where seq = 2',
        'delete from audit_log',
        ...(dialect === 'sqlite' ? [] : ['truncate audit_log']),
      ]
      for (const statement of statements) {
        const work = t.database.transaction(({ session }) => session.exec(statement))
        await assert.rejects(work, /only grows/, statement)
      }
      assert.deepEqual((await t.audit.verify()).rows, 3)
    })

    const FORGERIES: Readonly<Record<string, [statement: string, seq: number, fault: string]>> = {
      'a changed word': [`update audit_log set actor_id = 'bob' where seq = 3`, 3, 'changed'],
      'a refusal turned round': [
        `update audit_log set outcome = 'done' where seq = 3`,
        3,
        'changed',
      ],
      'a removed row': ['delete from audit_log where seq = 4', 4, 'missing'],
      'a removed beginning': ['delete from audit_log where seq <= 2', 1, 'missing'],
      'a removed end': ['delete from audit_log where seq > 4', 5, 'missing'],
      'an emptied log': ['delete from audit_log', 1, 'missing'],
      'a copied row': [
        `insert into audit_log select 7, at, action, outcome, actor_id, subject, ip, session_id,
           before, after, removed_through, removed_seal, seal from audit_log where seq = 6`,
        7,
        'changed',
      ],
      'a false checkpoint': [
        `update audit_log set removed_through = 2,
           removed_seal = (select seal from audit_log where seq = 2) where seq = 6`,
        3,
        'missing',
      ],
    }
    for (const [what, [statement, seq, fault]] of Object.entries(FORGERIES)) {
      test(`names the first row after ${what}`, async () => {
        await using t = await openAudit(dialect)
        await fill(t, 6)
        await forge(t.database, statement)
        const found = await t.audit.verify()
        const isCheckpoint = what === 'a false checkpoint'
        assert.equal(found.isWhole, false)
        if (found.isWhole) return
        if (isCheckpoint) assert.ok(found.brokenSeq <= 6)
        else assert.deepEqual([found.brokenSeq, found.fault], [seq, fault])
      })
    }

    test('does not believe rows sealed with another key', async () => {
      await using t = await openAudit(dialect)
      await fill(t, 2)
      await t.reopened(Buffer.alloc(32, 8)).record({ action: 'user.blocked', outcome: 'done' })
      const found = await t.reopened().verify()
      assert.deepEqual(found.isWhole ? null : found.brokenSeq, 3)
    })

    test('keeps what is not too old, and a note of what was', async () => {
      await using t = await openAudit(dialect)
      await fill(t, 6)
      assert.equal(await t.audit.retain(new Date('2026-01-01T00:00:00Z')), 0)
      assert.equal(await t.audit.retain(new Date('2026-01-05T00:00:00Z')), 3)
      assert.deepEqual((await t.audit.verify()).rows, 4)
      const [note] = (await t.audit.list()).items
      assert.deepEqual([note?.action, note?.after], ['audit.retained', { removedThrough: 3 }])
      await fill(t, 2)
      assert.equal(await t.audit.retain(new Date('2026-01-07T12:00:00Z')), 4)
      const found = await t.reopened().verify()
      assert.deepEqual([found.isWhole, found.rows], [true, 3])
      await forge(t.database, 'delete from audit_log where seq = 8')
      assert.equal((await t.audit.verify()).isWhole, false)
    })

    test('is found by area, outcome, person, thing and time, page by page', async () => {
      await using t = await openAudit(dialect)
      await fill(t, 6)
      const seqs = async (...asked: Parameters<AuditLog['list']>): Promise<number[]> =>
        (await t.audit.list(...asked)).items.map(({ seq }) => seq)
      assert.deepEqual(await seqs({ area: 'user' }), [6, 4, 2])
      assert.deepEqual(await seqs({ area: 'us' }), [])
      assert.deepEqual(await seqs({ outcome: 'refused' }), [6, 3])
      assert.deepEqual(await seqs({ actorId: 'bob' }), [])
      assert.deepEqual(await seqs({ subject: 'user/5' }), [5])
      const period = { from: '2026-01-03T00:00:00.000Z', until: '2026-01-05T00:00:00.000Z' }
      assert.deepEqual(await seqs(period), [3, 2])
      const first = await t.audit.list({}, 4)
      assert.equal(first.nextCursor, '3')
      assert.deepEqual(await seqs({}, 4, '3'), [2, 1])
      assert.deepEqual(await seqs({}, 4, 'nonsense'), [6, 5, 4, 3])
    })
  })
}

suite('what the doors refuse', () => {
  test('is written once at once, and once more with a count', async () => {
    await using t = await openAudit('sqlite')
    const watch = new SecurityWatch(t.audit, t.clock, silentLog)
    const knock = (ip: string): void => watch.note({ type: 'login.refused', ip, userId: 'u1' })
    for (let count = 0; count < 500; count++) knock('192.0.2.1')
    knock('192.0.2.2')
    t.clock.advance({ minutes: 2 })
    knock('192.0.2.1')
    watch.note({ type: 'session.refresh_reuse', userId: 'u2', sessionId: 's1' })
    await watch.close()
    const { items } = await t.audit.list()
    assert.deepEqual(
      items.toReversed().map(({ action, ip, subject, after }) => [action, ip, subject, after]),
      [
        ['login.refused', '192.0.2.1', 'user/u1', null],
        ['login.refused', '192.0.2.2', 'user/u1', null],
        ['login.refused', '192.0.2.1', 'user/u1', { repeats: 499 }],
        ['login.refused', '192.0.2.1', 'user/u1', null],
        ['session.refresh-reuse', null, 'user/u2', null],
      ],
    )
    assert.ok(items.every(({ outcome }) => outcome === 'refused'))
  })
})

suite('a copy for a spreadsheet', () => {
  test('has every row, also beyond one page', async () => {
    await using t = await openAudit('sqlite')
    await fill(t, 130)
    const csv = await exportAudit(t.audit, {}, 'csv')
    const lines = csv.trimEnd().split('\r\n')
    assert.equal(lines.length, 131)
    assert.match(lines[1] ?? '', /^130,"2026-/)
    const json = await exportAudit(t.audit, { outcome: 'refused' }, 'json')
    const records = json
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { seq: number })
    assert.equal(records.length, 43)
    assert.equal(records[0]?.seq, 129)
  })
})
