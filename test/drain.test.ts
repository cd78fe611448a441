import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { readConfig } from '../config.ts'
import { ChildStation } from './support/child-station.ts'
import { DataFolder } from './support/data-folder.ts'
import { ModuleFolder } from './support/module-folder.ts'
import { buildTestStation } from './support/station.ts'

/** A module whose requests end a moment after the station was told to stop, or never. */
function slowModule(): ModuleFolder {
  const folder = new ModuleFolder()
  const routes = ['/late', '/never'].map((path) => ({ method: 'GET', path, policy: 'public' }))
  const options = `{ policy: 'public', summary: '' }`
  folder.plant('slow', {
    manifest: { routes },
    register: [
      `app.route('GET', '/late', ${options}, async () => {`,
      `  console.log('late is in flight')`,
      `  await new Promise((done) => process.once('SIGTERM', () => setTimeout(done, 300)))`,
      `  return { body: { answer: 'whole' } }`,
      `})`,
      `app.route('GET', '/never', ${options}, async () => {`,
      `  console.log('never is in flight')`,
      `  await new Promise(() => {})`,
      `})`,
    ],
  })
  return folder
}

suite('a station that is told to stop', () => {
  test('finishes what is open, takes nothing new and ends in order', async () => {
    using data = new DataFolder()
    using modules = slowModule()
    const env = { QUARK_MODULES_DIR: modules.dir }
    await using child = new ChildStation({ dataDir: data.dir, env })
    const address = await child.address()
    const late = fetch(`${address}/api/v1/slow/late`)
    await child.says(/late is in flight/)
    /* A browser that keeps its connection open must not hold the station up either. */
    await (await fetch(`${address}/health`)).arrayBuffer()
    child.process.kill('SIGTERM')
    const answer = await late
    assert.equal(answer.status, 200)
    assert.deepEqual(await answer.json(), { answer: 'whole' })
    assert.deepEqual(await child.ended, { code: 0, signal: null })
    await assert.rejects(fetch(`${address}/health`))
    assert.equal(child.complained, '')
  })

  test('cuts what does not end within its limit', async () => {
    using data = new DataFolder()
    using modules = slowModule()
    const env = { QUARK_MODULES_DIR: modules.dir, QUARK_DRAIN_MS: '200' }
    await using child = new ChildStation({ dataDir: data.dir, env })
    const address = await child.address()
    const never = fetch(`${address}/api/v1/slow/never`)
    await child.says(/never is in flight/)
    child.process.kill('SIGTERM')
    await assert.rejects(never)
    assert.deepEqual(await child.ended, { code: 0, signal: null })
  })

  test('lets a kept connection go with its last answer', async () => {
    using data = new DataFolder()
    using modules = slowModule()
    const env = { QUARK_MODULES_DIR: modules.dir, QUARK_DRAIN_MS: '60000' }
    await using child = new ChildStation({ dataDir: data.dir, env })
    const { hostname, port } = new URL(await child.address())
    const socket = connect(Number(port), hostname)
    const heard = text(socket)
    socket.write('GET /api/v1/slow/late HTTP/1.1\r\nhost: x\r\n\r\n')
    await child.says(/late is in flight/)
    child.process.kill('SIGTERM')
    const answer = await heard
    assert.match(answer, /^HTTP\/1\.1 200 /)
    assert.match(answer, /connection: close/i)
    assert.match(answer, /"whole"/)
    assert.deepEqual(await child.ended, { code: 0, signal: null })
  })
})

/** Sends one byte after another until the other side has had enough; answers what it said. */
function dripped(socket: Socket, beginning: string): Promise<string> {
  let heard = ''
  socket.write(beginning)
  const drip = setInterval(() => socket.write('a'), 20)
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
  })
  socket.on('error', () => socket.destroy())
  return new Promise((resolve) => {
    socket.once('close', () => {
      clearInterval(drip)
      resolve(heard)
    })
  })
}

suite('a client that sends a byte at a time', () => {
  const SLOW: Readonly<Record<string, string>> = {
    'of its headers': 'GET / HTTP/1.1\r\nhost: x\r\nx-y: ',
    'of its body':
      'POST /api/v1/auth/login HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{',
  }

  for (const [what, beginning] of Object.entries(SLOW)) {
    test(`${what} is cut, while others are answered`, async () => {
      const { server } = readConfig({ QUARK_PORT: '0' })
      await using t = await buildTestStation({ dialect: 'sqlite', config: { server } })
      const { hostname, port, href } = new URL(await t.station.listen())
      const { server: http } = t.station.http
      assert.deepEqual([http.headersTimeout, http.requestTimeout], [10_000, 30_000])
      /* The same limits, soon enough for a test. */
      Object.assign(http, { headersTimeout: 300, requestTimeout: 300 })
      const cut = dripped(connect(Number(port), hostname), beginning)
      assert.equal((await fetch(`${href}health`)).status, 200)
      /* A byte that arrives after the end resets the connection, and may take the answer along. */
      assert.match(await cut, /^(?:$|HTTP\/1\.1 408 )/)
      assert.equal((await fetch(`${href}health`)).status, 200)
    })
  }
})
