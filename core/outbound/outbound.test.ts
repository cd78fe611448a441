import assert from 'node:assert/strict'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { Outbound, type OutboundWorld } from './outbound.ts'
import { isPublicAddress } from './public-address.ts'

interface Site extends AsyncDisposable {
  readonly port: number
  readonly asked: string[]
}

async function openSite(listener: RequestListener): Promise<Site> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    asked.push(`${request.headers.host} ${request.url}`)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, asked, [Symbol.asyncDispose]: close }
}

/** An Internet of one site; everything else on this machine is a neighbour. */
function internetOf(site: Site, world: Partial<OutboundWorld> = {}): Outbound {
  return new Outbound({
    resolve: async () => ['127.0.0.1'],
    mayReach: (address, port) => address === '127.0.0.1' && port === site.port,
    ...world,
  })
}

const everywhere = (): boolean => true
const ORDER = { types: ['text/html'], maxBytes: 1_000, timeoutMs: 5_000 } as const

function fetchFrom(outbound: Outbound, url: string, more: object = {}) {
  return outbound.fetch({ ...ORDER, url, ...more }, everywhere)
}

const html = { 'content-type': 'text/html; charset=utf-8' }

test('a page is read from the address its name meant once', async () => {
  await using site = await openSite((_request, response) =>
    response.writeHead(200, html).end('Fog'),
  )
  let names = 0
  const outbound = internetOf(site, {
    resolve: async (host) => {
      names++
      return host === 'site.example' ? ['127.0.0.1'] : []
    },
  })
  const answer = await fetchFrom(outbound, `http://site.example:${site.port}/a?b`)
  assert.ok('base64' in answer)
  assert.equal(Buffer.from(answer.base64, 'base64').toString(), 'Fog')
  assert.deepEqual(site.asked, [`site.example:${site.port} /a?b`])
  assert.equal(names, 1)
})

test('a name that means a neighbour the second time reaches nobody', async () => {
  await using inside = await openSite((_request, response) => response.end('secret'))
  await using site = await openSite((_request, response) =>
    response.writeHead(302, { location: `http://site.example:${inside.port}/` }).end(),
  )
  const answers = [['203.0.113.7'], ['127.0.0.1'], ['127.0.0.1', '10.0.0.1']]
  const outbound = new Outbound({ resolve: async () => answers.shift() ?? [] })
  for (const url of ['http://a.example/', 'http://a.example/', 'http://a.example/']) {
    assert.deepEqual(await fetchFrom(outbound, url), { refused: 'address' })
  }
  const rebinding = internetOf(site)
  const moved = await fetchFrom(rebinding, `http://site.example:${site.port}/`)
  assert.deepEqual(moved, { refused: 'address' })
  assert.deepEqual(inside.asked, [])
  assert.equal(site.asked.length, 1)
})

test('every redirect is judged, and there are not many of them', async () => {
  await using inside = await openSite((_request, response) => response.end('secret'))
  await using site = await openSite((request, response) => {
    const to = request.url === '/loop' ? '/loop' : decodeURIComponent(request.url?.slice(1) ?? '')
    response.writeHead(307, { location: to }).end()
  })
  const outbound = internetOf(site)
  const own = `http://site.example:${site.port}`
  for (const to of [
    `http://127.0.0.1:${inside.port}/`,
    `http://[::ffff:127.0.0.1]:${inside.port}/`,
    `http://2130706433:${inside.port}/`,
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'gopher://site.example/',
    `http://user:password@site.example:${site.port}/`,
  ]) {
    const answer = await fetchFrom(outbound, `${own}/${encodeURIComponent(to)}`)
    assert.deepEqual(answer, { refused: 'address' }, to)
  }
  assert.deepEqual(await fetchFrom(outbound, `${own}/loop`), { refused: 'redirects' })
  assert.deepEqual(inside.asked, [])
})

test('a slow server, a slow name and an endless body cost no more than their share', async () => {
  let sent = 0
  await using site = await openSite((request, response) => {
    if (request.url === '/silent') return
    response.writeHead(200, html)
    if (request.url === '/drops') {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
      return
    }
    const pour = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384
      if (!response.destroyed) response.once('drain', pour)
    }
    pour()
  })
  const outbound = internetOf(site)
  const own = `http://site.example:${site.port}`
  const began = performance.now()
  for (const path of ['/silent', '/drops']) {
    const answer = await fetchFrom(outbound, own + path, { timeoutMs: 150 })
    assert.deepEqual(answer, { refused: 'time' }, path)
  }
  const nameless = internetOf(site, { resolve: () => new Promise(() => undefined) })
  assert.deepEqual(await fetchFrom(nameless, own, { timeoutMs: 150 }), { refused: 'time' })
  assert.ok(performance.now() - began < 3_000)
  assert.deepEqual(await fetchFrom(outbound, `${own}/endless`), { refused: 'size' })
  const cut = await fetchFrom(outbound, `${own}/endless`, { isCut: true })
  assert.equal('base64' in cut && Buffer.from(cut.base64, 'base64').byteLength, 1_000)
  assert.ok(sent < 64 * 1024 * 1024)
})

test('only the wanted kinds are read, and nothing that would have to be unpacked', async () => {
  await using site = await openSite((request, response) => {
    if (request.url === '/png') response.writeHead(200, { 'content-type': 'image/png' }).end('x')
    else if (request.url === '/gone') response.writeHead(404, html).end('x')
    else response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end('bomb')
  })
  const outbound = internetOf(site)
  const own = `http://site.example:${site.port}`
  assert.deepEqual(await fetchFrom(outbound, `${own}/png`), { refused: 'type' })
  assert.deepEqual(await fetchFrom(outbound, `${own}/gone`), { refused: 'status' })
  assert.deepEqual(await fetchFrom(outbound, `${own}/bomb`), { refused: 'type' })
  const nowhere = await outbound.fetch({ ...ORDER, url: `${own}/png` }, (host) => host === 'other')
  assert.deepEqual(nowhere, { refused: 'address' })
})

test('addresses of nobody on the Internet are known in every notation', () => {
  const closed = `0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1
    172.31.255.255 192.168.1.1 198.18.0.1 224.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1
    ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 fc00::1 fd12::1 fe80::1 fe80::1%eth0 ff02::1
    2001::1 2001:db8::1 2002:7f00:1::1 localhost 1`
  for (const address of closed.split(/\s+/)) assert.equal(isPublicAddress(address), false, address)
  for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '2a00:1450::1']) {
    assert.equal(isPublicAddress(address), true, address)
  }
})
