import assert from 'node:assert/strict'
import type { KyselyPlugin, RootOperationNode } from 'kysely'
import { test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { buildTestStation } from '../../test/support/station.ts'
import type { AuthTables } from '../auth/tables.ts'
import type { MediaTables } from '../media/tables.ts'
import { listPeople } from './people-list.ts'

for (const dialect of DIALECTS) {
  test(`${dialect}: people are looked up in an index, however many there are`, async () => {
    await using t = await buildTestStation({ dialect })
    const { database } = t.station
    const { reader } = database.scope<AuthTables & MediaTables>('')
    const asked: RootOperationNode[] = []
    const listening: KyselyPlugin = {
      transformQuery: ({ node }) => {
        asked.push(node)
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const tables = {
      ...database.scope<AuthTables & MediaTables>(''),
      reader: reader.withPlugin(listening),
    }
    const parts = { tables, dialect: database.dialect, now: t.clock.now(), here: () => [] }
    await listPeople(parts, { search: 'person-0777' })
    const [node] = asked
    assert.ok(node)
    const { sql, parameters } = reader.getExecutor().compileQuery(node, { queryId: 'x' })
    const plan = await database.transaction(async ({ session }) => {
      if (database.dialect === 'postgres') await session.run('set local enable_seqscan = off', [])
      const explain = database.dialect === 'sqlite' ? 'explain query plan' : 'explain'
      return session.all(`${explain} ${sql}`, parameters as string[])
    })
    const steps = plan.map((step) => String(step['detail'] ?? step['QUERY PLAN']))
    const used = steps.filter((step) =>
      /USING INDEX .*(?:username|email)>|Bitmap Index Scan/.test(step),
    )
    assert.equal(used.length, 2, steps.join('\n'))
    const read = steps.filter((step) => /^SCAN i\b|Seq Scan on identities/.test(step))
    assert.deepEqual(read, [])
  })
}
