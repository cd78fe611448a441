import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { inhabit, MARK, personalIn } from '../../test/support/inhabitant.ts'
import { PERSONAL_COLUMNS } from '../../test/support/personal-columns.ts'
import { buildTestStation } from '../../test/support/station.ts'

const columns = Object.entries(PERSONAL_COLUMNS)
const staying = new Set(columns.flatMap(([name, why]) => (why.startsWith('stays') ? name : [])))

for (const dialect of DIALECTS) {
  suite(`a station in which somebody has lived, on ${dialect}`, () => {
    test('knows them in no column after their erasure but in those that say why', async () => {
      await using t = await buildTestStation({ dialect })
      const { marie } = await inhabit(t)
      const before = await personalIn(t, marie)
      const undeclared = before.filter((name) => !Object.hasOwn(PERSONAL_COLUMNS, name))
      assert.deepEqual(undeclared, [], 'nobody has said what becomes of these')
      const promised = columns.flatMap(([name]) => (staying.has(name) ? [] : name))
      const unproved = promised.filter((name) => !before.includes(name))
      assert.deepEqual(unproved, [], 'nothing of the person stands here, so nothing is proved')
      await t.station.privacy.erasures.eraseNow(marie.id, 'delete', 'asked for')
      await t.settle()
      const left = (await personalIn(t, marie)).filter((name) => !staying.has(name))
      assert.deepEqual(left, [])
      const told = await t.station.database.reader.all('select envelope from events')
      const words = told.map(({ envelope }) => String(envelope)).join('\n')
      assert.doesNotMatch(words, new RegExp(`${MARK}|"marie|198\\.51`, 'i'))
    })
  })
}
