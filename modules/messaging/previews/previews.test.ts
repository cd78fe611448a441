import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite, test } from 'node:test'
import { DIALECTS } from '../../../test/support/databases.ts'
import {
  ask,
  historyOf,
  openWith,
  refused,
  send,
  type TestMessage,
} from '../../../test/support/messenger.ts'
import { ONE_PIXEL } from '../../../test/support/pictures.ts'
import { needs } from '../../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import type { DialectName } from '../../../test/support/databases.ts'
import type { Visitor } from '../../../test/support/visitor.ts'

interface Shown extends TestMessage {
  readonly preview: {
    url: string
    site: string
    title: string
    description: string
    image: string | null
  } | null
}

const PAGE = `<html><head><title>Fog</title><meta property="og:description" content="Over the lake">
  <meta property="og:image" content="/fog.png"></head></html>`

interface Internet extends AsyncDisposable {
  readonly t: TestStation
  /** `http://site.example:<port>` */
  readonly site: string
  readonly asked: string[]
}

/** A station and an Internet of one site; the rest of this machine are neighbours. */
async function openInternet(dialect: DialectName): Promise<Internet> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    if (request.url === '/fog.png') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(ONE_PIXEL)
    } else if (request.url === '/inside') {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    } else if (request.url === '/false') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(PAGE.replace('/fog.png', 'http://127.0.0.1:1/fog.png'))
    } else response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const outbound = {
    resolve: async () => ['127.0.0.1'],
    mayReach: (address: string, to: number) => address === '127.0.0.1' && to === port,
  }
  const t = await buildTestStation({ dialect, outbound })
  return {
    t,
    site: `http://site.example:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      await t[Symbol.asyncDispose]()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function lastOf(t: TestStation, who: Visitor, chat: string): Promise<Shown> {
  await t.settle()
  const items = (await historyOf(who, chat)) as Shown[]
  const last = items.at(-1)
  assert.ok(last)
  return last
}

for (const dialect of DIALECTS) {
  suite(dialect, () => {
    test('a link is looked at once, and its picture is kept here', async () => {
      await using internet = await openInternet(dialect)
      const { t, site, asked } = internet
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      const sent = (await send(alice, chat, `See ${site}/page`)) as unknown as Shown
      assert.equal(sent.preview, null)
      const { preview } = await lastOf(t, bob, chat)
      assert.deepEqual(
        { ...preview, image: '' },
        {
          url: `${site}/page`,
          site: 'site.example',
          title: 'Fog',
          description: 'Over the lake',
          image: '',
        },
      )
      assert.match(preview?.image ?? '', /^\/media\/[\w-]+/)
      assert.equal((await bob.get(preview?.image ?? '')).status, 200)
      assert.deepEqual(asked, ['/page', '/fog.png'])
      await t.station.bus.replay('messaging/message.linked', 0)
      await t.settle()
      assert.equal(asked.length, 2)
      assert.deepEqual(await t.station.bus.deadLetters.list(), [])
    })

    test('a card follows the message, and what was taken away stays away', async () => {
      await using internet = await openInternet(dialect)
      const { t, site } = internet
      const [alice, bob] = [await t.person('alice'), await t.person('bob')]
      const { id: chat } = await openWith(alice, 'bob')
      const { seq } = await send(alice, chat, `See ${site}/one`)
      await t.settle()
      await ask(alice, 'msg.edit', { chat, seq, text: `See ${site}/two` })
      assert.equal((await lastOf(t, bob, chat)).preview?.url, `${site}/two`)
      await ask(alice, 'msg.edit', { chat, seq, text: 'No link' })
      assert.equal((await lastOf(t, bob, chat)).preview, null)
      await ask(alice, 'msg.edit', { chat, seq, text: `See ${site}/three` })
      assert.equal((await lastOf(t, bob, chat)).preview?.url, `${site}/three`)
      assert.equal(await refused(bob, 'msg.preview', { chat, seq }), 'QL_MSG_NOT_ALLOWED')
      await ask(alice, 'msg.preview', { chat, seq })
      assert.equal((await lastOf(t, bob, chat)).preview, null)
      await ask(alice, 'msg.edit', { chat, seq, text: `See ${site}/four` })
      assert.equal((await lastOf(t, bob, chat)).preview, null)
    })

    test('neighbours are not asked, whoever leads there', async () => {
      await using internet = await openInternet(dialect)
      const { t, site, asked } = internet
      const alice = await t.person('alice')
      const { id: chat } = await openWith(alice, 'alice')
      for (const link of [
        'http://127.0.0.1:1/',
        'http://[::1]/',
        'http://169.254.169.254/latest',
        `${site}/inside`,
      ]) {
        await send(alice, chat, link)
        assert.equal((await lastOf(t, alice, chat)).preview, null, link)
      }
      await send(alice, chat, `||${site}/covered||`)
      assert.equal((await lastOf(t, alice, chat)).preview, null)
      await send(alice, chat, `${site}/false`)
      const { preview } = await lastOf(t, alice, chat)
      assert.deepEqual([preview?.title, preview?.image], ['Fog', null])
      assert.deepEqual(asked, ['/inside', '/false'])
    })

    test('pages of this station are known without the network', needs('blog'), async () => {
      await using internet = await openInternet(dialect)
      const { t, asked } = internet
      const alice = await t.person('alice')
      const { id: chat } = await openWith(alice, 'alice')
      const origin = 'http://127.0.0.1:8000'
      const made = await alice.post('/api/v1/posts', {
        title: 'Ice',
        content: { markdown: 'Thin.' },
        status: 'published',
      })
      const { url } = made.json<{ url: string }>()
      await send(alice, chat, origin + url)
      assert.equal((await lastOf(t, alice, chat)).preview?.title, 'Ice')
      const channel = { type: 'channel', title: 'News', slug: 'lake-news' }
      await ask(alice, 'chats.create', channel)
      await send(alice, chat, '[the channel](/channel/lake-news)')
      assert.equal((await lastOf(t, alice, chat)).preview?.title, 'News')
      await send(alice, chat, `${origin}/admin`)
      assert.equal((await lastOf(t, alice, chat)).preview, null)
      assert.deepEqual(asked, [])
    })
  })
}

test('an operator may turn it off', async () => {
  await using internet = await openInternet('sqlite')
  const { t, site, asked } = internet
  const alice = await t.person('alice')
  const manifest = t.station.loader.modules.find(({ id }) => id === 'messaging')?.manifest
  await t.station.moduleSettings.replace(
    'messaging',
    manifest?.settings ?? {},
    { linkPreviews: false },
    { id: alice.id },
  )
  const { id: chat } = await openWith(alice, 'alice')
  await send(alice, chat, `${site}/page`)
  assert.equal((await lastOf(t, alice, chat)).preview, null)
  assert.deepEqual(asked, [])
})
