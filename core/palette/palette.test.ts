import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { needs } from '../../test/support/neighbour.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'
import type { Visitor } from '../../test/support/visitor.ts'

/** Where the rows of the palette lead. */
async function places(who: Visitor): Promise<readonly string[]> {
  const page = await who.get('/palette')
  assert.equal(page.status, 200, page.text)
  return [...page.text.matchAll(/class="palette-row" href="([^"]+)"/g)].map(([, href = '']) => href)
}

suite('the palette', () => {
  test('leads to the pages a person may open, and to none of the administration', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const found = await places(alice)
    assert.ok(found.includes('/') && found.includes('/notifications'))
    assert.deepEqual(
      found.filter((href) => href.startsWith('/admin')),
      [],
    )
    for (const href of found) assert.equal((await alice.get(href)).status, 200, href)
  })

  test('leads staff to the sections of their own rank', needs('admin-panel'), async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const mona = await staff(t, 'mona', 'moderator')
    const ada = await staff(t, 'ada', 'admin')
    assert.ok(!(await places(mona)).includes('/admin/people'))
    const found = await places(ada)
    for (const href of ['/admin', '/admin/people', '/admin/security', '/admin/privacy']) {
      assert.ok(found.includes(href), href)
    }
    for (const href of found) assert.equal((await ada.get(href)).status, 200, href)
  })
})
