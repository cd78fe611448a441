import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PERSONAL_COLUMNS } from '../../test/support/personal-columns.ts'
import { buildTestStation } from '../../test/support/station.ts'

/** Columns that say who somebody is, or point at them. */
const TELLS_WHO =
  /(^|_)(user|owner|author|actor|subject|account|sender|member|follower|blocker|inviter|recipient|reporter|target)(_id|_name|_url)?$|_by$|^username$|^email|^ip$|^user_agent$|^display_name$|^bio$/

function tellsByName(column: string): boolean {
  return TELLS_WHO.test(column.split('.')[1] ?? '')
}

test('every column that tells who somebody is has an eraser, or a reason to stay', async () => {
  await using t = await buildTestStation({ dialect: 'sqlite' })
  const { reader } = t.station.database
  const tables = await reader.all(
    `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
  )
  const columns: string[] = []
  for (const { name } of tables) {
    for (const column of await reader.all(
      `select name from pragma_table_info('${String(name)}')`,
    )) {
      if (TELLS_WHO.test(String(column['name']))) {
        columns.push(`${String(name)}.${String(column['name'])}`)
      }
    }
  }
  assert.ok(columns.length > 20)
  assert.deepEqual(columns.toSorted(), Object.keys(PERSONAL_COLUMNS).filter(tellsByName).toSorted())
  const owners = new Set(t.station.personalData.names)
  const promised = Object.values(PERSONAL_COLUMNS).flatMap((reason) => reason.split(':')[0] ?? [])
  for (const owner of new Set(promised)) {
    assert.ok(owner === 'stays' || owners.has(owner), `${owner} has no eraser`)
  }
})
