import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DIALECTS } from '../../test/support/databases.ts'
import { ModuleFolder } from '../../test/support/module-folder.ts'
import { staff } from '../../test/support/staff.ts'
import { buildTestStation } from '../../test/support/station.ts'

const HERE = import.meta.dirname

/** The panel with one module beside it that a stranger wrote. */
function withGuest(): ModuleFolder {
  const folder = new ModuleFolder()
  cpSync(HERE, join(folder.dir, 'admin-panel'), { recursive: true })
  folder.plant('weather', {
    manifest: { slots: ['admin.section', 'admin.dashboard'] },
    register: [
      `const link = { href: '/admin/weather', icon: 'cloud', label: 'Weather <b>today</b>' }`,
      `const blocks = [{ type: 'text', text: 'Rain & wind' }]`,
      `app.slot('admin.section', async () => ({ link, blocks, html: '<i>forged</i>' }))`,
      `app.slot('admin.dashboard', async () => ({ title: 'Umbrella', blocks }))`,
    ],
  })
  folder.plant('lost', {
    manifest: { slots: ['admin.section'] },
    register: [
      `const link = { href: '/nowhere', icon: 'cloud', label: 'Leads nowhere' }`,
      `app.slot('admin.section', async () => ({ link }))`,
    ],
  })
  return folder
}

for (const dialect of DIALECTS) {
  describe(`the administration on ${dialect}`, () => {
    test('frames what other modules put into it, as text, for admins', async () => {
      using folder = withGuest()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const admin = await staff(t, 'ada', 'admin')
      const home = await admin.get('/admin')
      assert.equal(home.status, 200, home.text)
      assert.match(home.text, /<h1>[^<]+<\/h1>/)
      assert.match(home.text, /href="\/admin"[^>]*aria-current="page"/)
      assert.match(home.text, /Umbrella[\s\S]*Rain &amp; wind/)
      assert.doesNotMatch(home.text, /Leads nowhere/)
      const guest = await admin.get('/admin/weather')
      assert.equal(guest.status, 200)
      assert.match(guest.text, /href="\/admin\/weather"[^>]*aria-current="page"/)
      assert.match(guest.text, /<h1>Weather &lt;b>today|<h1>Weather &lt;b&gt;today/)
      assert.match(guest.text, /Rain &amp; wind/)
      assert.doesNotMatch(guest.text, /<b>today|<i>forged/)
      assert.equal((await admin.get('/admin/nothing')).status, 404)
    })

    test('is there for nobody else, and nothing leads them to it', async () => {
      using folder = withGuest()
      await using t = await buildTestStation({ dialect, modulesDir: folder.dir })
      const member = await t.person('mina')
      const moderator = await staff(t, 'mona', 'moderator')
      for (const who of [member, moderator]) {
        for (const path of ['/admin', '/admin/weather', '/admin/nothing']) {
          assert.equal((await who.get(path)).status, 404, path)
        }
        assert.doesNotMatch((await who.get('/')).text, /\/admin/)
      }
      assert.equal((await t.stranger().get('/admin')).status, 401)
      const admin = await staff(t, 'ada', 'admin')
      assert.match((await admin.get('/')).text, /href="\/admin"[^>]*rail-item-last/)
    })
  })
}
