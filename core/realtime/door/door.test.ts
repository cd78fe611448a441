import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { readConfig } from '../../../config.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import { SocketDoor } from '../../../test/support/socket.ts'
import { buildTestStation } from '../../../test/support/station.ts'

const { server } = readConfig({ QUARK_PORT: '0' })

async function listening(config = {}, dialect: (typeof DIALECTS)[number] = 'sqlite') {
  const t = await buildTestStation({ dialect, config: { server, ...config } })
  return Object.assign(t, { door: await SocketDoor.of(t) })
}

test('a page of another site opens no socket with the cookies of a person', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  const { port } = new URL(t.door.url)
  const foreign = {
    'another site': 'https://evil.example',
    'no name': 'null',
    'our name as the beginning of another': `${t.door.url}.evil.example`,
    'our name before an @': `http://127.0.0.1:${port}@evil.example`,
    'another port': 'http://127.0.0.1:1',
    'another protocol': `https://127.0.0.1:${port}`,
    'the same with a slash': `${t.door.url}/`,
    none: '',
  }
  for (const [what, origin] of Object.entries(foreign)) {
    assert.equal(await t.door.status(alice, { origin }), 403, what)
  }
  assert.equal(await t.door.status(alice), 101)
})

test('behind a public address that address alone is our own', async () => {
  const publicUrl = 'http://127.0.0.1:8000'
  await using t = await listening({ server: { ...server, publicUrl } })
  const alice = await t.person('alice')
  const status = (origin: string) => t.door.status(alice, { origin })
  assert.equal(await status(publicUrl), 101)
  for (const origin of [
    t.door.url,
    `${publicUrl}.evil.example`,
    'https://127.0.0.1:8000',
    'null',
  ]) {
    assert.equal(await status(origin), 403, origin)
  }
})

test('a foreign name that leads to this machine is not our own', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  const headers = { host: 'evil.example' }
  assert.equal(await t.door.status(alice, { headers, origin: 'http://evil.example' }), 403)
})

test('a stranger, a dead session and a made-up token open nothing', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  const old = [...alice.cookies]
  assert.equal(await t.door.status(null), 401)
  await alice.post('/api/v1/auth/logout')
  const cookie = old.map(([name, value]) => `${name}=${value}`).join('; ')
  assert.equal(await t.door.status(null, { headers: { cookie } }), 401)
  const authorization = 'Bearer made.up.token'
  assert.equal(await t.door.status(null, { origin: '', headers: { authorization } }), 401)
})

for (const dialect of DIALECTS) {
  test(`${dialect}: a ticket opens one socket, within half a minute, for whose session it is`, async () => {
    await using t = await listening({}, dialect)
    const alice = await t.person('alice')
    const token = alice.cookies.get('quark-access') ?? ''
    const bearer = { authorization: `Bearer ${token}` }
    const ticketOf = async (): Promise<string> => {
      const answer = await t
        .stranger()
        .ask('POST', '/api/v1/rt/ticket', { json: {}, headers: bearer })
      return String(answer.json()['ticket'])
    }
    const query = `?ticket=${await ticketOf()}`
    const twenty = await Promise.all(
      Array.from({ length: 20 }, () => t.door.status(null, { origin: '', query })),
    )
    assert.equal(twenty.filter((status) => status === 101).length, 1)
    assert.equal(twenty.filter((status) => status === 401).length, 19)
    const foreign = { origin: 'https://evil.example', query: `?ticket=${await ticketOf()}` }
    assert.equal(await t.door.status(null, foreign), 403)
    const late = `?ticket=${await ticketOf()}`
    t.clock.advance({ seconds: 30 })
    assert.equal(await t.door.status(null, { origin: '', query: late }), 401)
    const orphan = `?ticket=${await ticketOf()}`
    await alice.post('/api/v1/auth/logout')
    assert.equal(await t.door.status(null, { origin: '', query: orphan }), 401)
    const [row] = await t.station.database.reader.all('select count(*) as n from realtime_tickets')
    assert.ok(Number(row?.['n']) <= 1, 'a used ticket is not kept')
  })
}

test('a session that is due is renewed with the handshake', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  t.clock.advance({ minutes: 11 })
  await using socket = await t.door.open(alice)
  const { user } = await socket.hello()
  assert.equal(user, alice.id)
  const renewed = new Promise<string[]>((resolve) => {
    void t.door.open(alice).then((other) => other.webSocket.terminate())
    t.station.http.server.once('upgrade', (_request, socket_) => {
      const write = socket_.write.bind(socket_)
      socket_.write = (chunk: Buffer) => {
        resolve(
          String(chunk)
            .split('\r\n')
            .filter((line) => line.startsWith('Set-Cookie')),
        )
        return write(chunk)
      }
    })
  })
  const lines = await renewed
  assert.equal(lines.length, 2)
  assert.match(lines.join(), /quark-access=.*HttpOnly; SameSite=Lax/)
})

test('at most ten sockets of one person, and so many handshakes a minute', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  const bob = await t.person('bob')
  const sockets = await Promise.all(Array.from({ length: 10 }, () => t.door.open(alice)))
  assert.equal(await t.door.status(alice), 429)
  assert.equal(await t.door.status(bob), 101)
  await sockets[0]?.[Symbol.asyncDispose]()
  assert.equal(await t.door.status(alice), 101)
  for (const socket of sockets) await socket[Symbol.asyncDispose]()

  await using limited = await listening({ rateLimits: true })
  const carol = await limited.person('carol')
  const dave = await limited.person('dave')
  const statuses: number[] = []
  for (let n = 0; n < 61; n++) statuses.push(await limited.door.status(carol))
  assert.deepEqual(
    [statuses.slice(0, 60).every((status) => status === 101), statuses[60]],
    [true, 429],
  )
  assert.equal(await limited.door.status(dave), 101, 'of the same network')
  const strangers: number[] = []
  for (let n = 0; n < 21; n++) strangers.push(await limited.door.status(null))
  assert.deepEqual(
    [strangers.slice(0, 20).every((status) => status === 401), strangers[20]],
    [true, 429],
  )
  assert.equal(await limited.door.status(dave), 101, 'whatever strangers do')
  limited.clock.advance({ seconds: 60 })
  assert.equal(await limited.door.status(carol), 101)
})

test('without an upgrade, to another address or with another protocol it is an ordinary request', async () => {
  await using t = await listening()
  const alice = await t.person('alice')
  assert.equal((await alice.get('/ws')).status, 426)
  const { port } = new URL(t.door.url)
  const ask = async (lines: string[]): Promise<string> => {
    const socket = connect(Number(port), '127.0.0.1')
    const heard = text(socket)
    socket.write([...lines, 'host: 127.0.0.1', 'connection: upgrade', '', ''].join('\r\n'))
    setTimeout(() => socket.end(), 300)
    return heard
  }
  assert.match(await ask(['GET /health/live HTTP/1.1', 'upgrade: websocket']), /^HTTP\/1\.1 200/)
  assert.match(await ask(['GET /health/live HTTP/1.1', 'upgrade: h2c']), /^HTTP\/1\.1 200/)
  assert.match(await ask(['GET /ws HTTP/1.1', 'upgrade: h2c']), /^HTTP\/1\.1 426/)
  assert.match(await ask(['GET /ws HTTP/1.1', 'upgrade: websocket']), /^HTTP\/1\.1 403/)
  assert.match(
    await ask(['POST /ws HTTP/1.1', 'upgrade: websocket', 'content-length: 0']),
    /^HTTP\/1\.1 40\d/,
  )
})
