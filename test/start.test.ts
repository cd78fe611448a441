import assert from 'node:assert/strict'
import { chmodSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { suite, test } from 'node:test'
import { ChildStation, type ChildStationOptions } from './support/child-station.ts'
import { DataFolder } from './support/data-folder.ts'
import { ModuleFolder } from './support/module-folder.ts'
import { buildTestStation } from './support/station.ts'
import { passwordOf } from './support/visitor.ts'

const SETUP_LINK = /https?:\/\/\S+\/setup\?token=(\S+)/g

/** The one sentence a refused start leaves behind. */
async function complaint(options: ChildStationOptions): Promise<string> {
  await using child = new ChildStation(options)
  const { code } = await child.ended
  const all = `${child.said}${child.complained}`
  assert.equal(code, 1, all)
  assert.doesNotMatch(all, /^\s+at /m)
  const lines = child.complained.trim().split('\n')
  assert.equal(lines.length, 1, all)
  return lines[0] ?? ''
}

suite('a start that cannot succeed says why in one sentence', () => {
  test('a taken port', async () => {
    using data = new DataFolder()
    await using other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const said = await complaint({ dataDir: data.dir, env: { QUARK_PORT: String(port) } })
    assert.match(said, new RegExp(`^The port is taken.* 127\\.0\\.0\\.1:${port}\\. .*QUARK_PORT`))
  })

  test('an address this machine does not have', async () => {
    using data = new DataFolder()
    const said = await complaint({ dataDir: data.dir, env: { QUARK_HOST: '203.0.113.7' } })
    assert.match(said, /no address 203\.0\.113\.7.*QUARK_HOST/)
  })

  test('a data folder that cannot be written', async () => {
    using data = new DataFolder()
    writeFileSync(join(data.dir, 'a-file'), '')
    const dataDir = join(data.dir, 'a-file', 'data')
    const said = await complaint({ dataDir })
    assert.ok(said.includes(dataDir), said)
  })

  test('a database made by a newer version', async () => {
    using data = new DataFolder()
    await (await buildTestStation({ dialect: 'sqlite', dataDir: data.dir }))[Symbol.asyncDispose]()
    const database = new DatabaseSync(join(data.dir, 'quark.db'))
    database.exec(`insert into schema_migrations values ('core', '9999-future', '2030-01-01')`)
    database.close()
    const said = await complaint({ dataDir: data.dir })
    assert.match(said, /newer version.*core\/9999-future.*Update the program/)
  })

  test('a database that is none', async () => {
    using data = new DataFolder()
    writeFileSync(join(data.dir, 'quark.db'), 'Dear diary, '.repeat(1000))
    const said = await complaint({ dataDir: data.dir })
    assert.ok(said.includes(join(data.dir, 'quark.db')), said)
  })

  test('a PostgreSQL that does not answer', async () => {
    using data = new DataFolder()
    const env = { DATABASE_URL: 'postgres://nobody:secret-word@127.0.0.1:1/nothing' }
    const said = await complaint({ dataDir: data.dir, env })
    assert.match(said, /PostgreSQL at .*127\.0\.0\.1:1.* does not answer.*DATABASE_URL/)
    assert.doesNotMatch(said, /secret-word/)
  })

  test('a setting out of its bounds', async () => {
    using data = new DataFolder()
    const said = await complaint({ dataDir: data.dir, env: { QUARK_PORT: '80 80' } })
    assert.match(said, /^QUARK_PORT is 80 80, but must be a whole number from 0 to 65535\.$/)
  })

  test('a setting nobody knows', async () => {
    using data = new DataFolder()
    const said = await complaint({ dataDir: data.dir, env: { QUARK_PROT: '8000' } })
    assert.match(said, /^Unknown setting QUARK_PROT\. Known: .*QUARK_PORT/)
  })

  test('a settings file that is not there', async () => {
    using data = new DataFolder()
    const QUARK_CONFIG = join(data.dir, 'nothing.json')
    const said = await complaint({ dataDir: data.dir, env: { QUARK_CONFIG } })
    assert.ok(said.includes(QUARK_CONFIG), said)
  })

  test('secrets that others can read, and damaged ones', async () => {
    using data = new DataFolder()
    await (await buildTestStation({ dialect: 'sqlite', dataDir: data.dir }))[Symbol.asyncDispose]()
    const file = join(data.dir, 'secrets.json')
    chmodSync(file, 0o644)
    assert.match(await complaint({ dataDir: data.dir }), /chmod 600 .*secrets\.json/)
    chmodSync(file, 0o600)
    writeFileSync(file, '{')
    assert.match(await complaint({ dataDir: data.dir }), /secrets\.json is damaged/)
  })

  test('an older Node, in the language of the person', async () => {
    using data = new DataFolder()
    const older = `Object.defineProperty(process,'versions',{value:{...process.versions,node:'24.9.0'}})`
    const nodeArguments = ['--import', `data:text/javascript,${encodeURIComponent(older)}`]
    const english = await complaint({ dataDir: data.dir, nodeArguments })
    assert.equal(
      english,
      'Node 26 is needed, this is 24.9.0. The command npm start brings the right one.',
    )
    const env = { LANG: 'ru_RU.UTF-8' }
    const russian = await complaint({ dataDir: data.dir, nodeArguments, env })
    assert.match(russian, /^Нужен Node 26, а запущен 24\.9\.0\./)
  })
})

test('a station stops on SIGTERM, frees its port and starts again on the same data', async () => {
  using data = new DataFolder()
  const form = {
    displayName: 'Ада',
    username: 'ada',
    email: 'ada@example.org',
    password: passwordOf('the owner'),
    consent: 'true',
  }
  let port: string
  {
    await using first = new ChildStation({ dataDir: data.dir })
    const address = await first.address()
    port = new URL(address).port
    await first.says(/setup\?token=/)
    const links = [...first.said.matchAll(SETUP_LINK)]
    assert.equal(links.length, 1)
    const token = links[0]?.[1] ?? ''
    const body = new URLSearchParams({ ...form, token })
    const made = await fetch(`${address}/setup`, { method: 'POST', body, redirect: 'manual' })
    assert.equal(made.status, 303, await made.text())
    assert.deepEqual(await first.stop(), { code: 0, signal: null })
    await assert.rejects(fetch(`${address}/health`))
    assert.equal(first.complained, '')
  }
  await using second = new ChildStation({ dataDir: data.dir, env: { QUARK_PORT: port } })
  const address = await second.address()
  assert.equal(new URL(address).port, port)
  assert.equal((await fetch(`${address}/user/ada`)).status, 200)
  assert.deepEqual(await second.stop(), { code: 0, signal: null })
  assert.doesNotMatch(second.said, SETUP_LINK)
})

test('every start without an owner prints the set-up link, and each link opens', async () => {
  using data = new DataFolder()
  for (const _ of ['first', 'second']) {
    await using child = new ChildStation({ dataDir: data.dir })
    const [link] = await child.says(/https?:\/\/\S+\/setup\?token=\S+(?=\s)/)
    assert.equal((await fetch(link)).status, 200)
    await child.stop()
  }
})

test('a station whose every module fails at its start is healthy', async () => {
  using data = new DataFolder()
  using modules = new ModuleFolder()
  for (const id of ['one', 'two']) modules.plant(id, { register: [`throw new Error('no luck')`] })
  const env = { QUARK_MODULES_DIR: modules.dir }
  await using child = new ChildStation({ dataDir: data.dir, env })
  const address = await child.address()
  assert.equal((await fetch(`${address}/health`)).status, 200)
  assert.equal((await fetch(address)).status, 200)
  await child.stop()
})
