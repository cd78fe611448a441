import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { DIALECTS, type DialectName } from '../../../test/support/databases.ts'
import { MailServer } from '../../../test/support/mail-server.ts'
import { PushService } from '../../../test/support/push-service.ts'
import { buildTestStation, type TestStation } from '../../../test/support/station.ts'
import { tell } from '../../../test/support/told-people.ts'
import type { Visitor } from '../../../test/support/visitor.ts'
import { isPushService } from './push-endpoint.ts'

const SUBSCRIPTIONS = '/api/v1/push/subscriptions'

interface Around {
  readonly t: TestStation
  readonly mail: MailServer
  readonly push: PushService
  readonly alice: Visitor
  readonly bob: Visitor
}

interface Pushed {
  readonly notification: Readonly<Record<string, string>>
}

async function around(dialect: DialectName, work: (world: Around) => Promise<void>): Promise<void> {
  await using mail = await MailServer.open()
  await using push = await PushService.open()
  await using t = await buildTestStation({
    dialect,
    config: { mail: { smtpUrl: mail.url, from: 'Маяк <mayak@example.org>' } },
    mayPushTo: push.isHere,
  })
  const title = { ru: 'Ответы', en: 'Replies' }
  const defaults = { inApp: true, push: true, mail: true }
  t.station.notifications.kinds.add({
    id: 'test.reply',
    title,
    group: 'blog',
    icon: 'message-square',
    defaults,
  })
  /* Nobody reads the letters here that would confirm their addresses. */
  await t.station.settings.change('people', { confirmMail: false }, { id: 'owner' })
  const [alice, bob] = [await t.person('alice'), await t.person('bob')]
  await work({ t, mail, push, alice, bob })
}

async function after(t: TestStation, seconds: number): Promise<void> {
  t.clock.advance({ seconds })
  await t.settle()
}

for (const dialect of DIALECTS) {
  describe(`notifications outside the station, on ${dialect}`, () => {
    it('are pushed once, sealed for the browser, five seconds later', () =>
      around(dialect, async ({ t, push, alice, bob }) => {
        const browser = push.browser('/alice')
        const answer = await alice.post(SUBSCRIPTIONS, browser.subscription)
        assert.equal(answer.status, 201, answer.text)
        await tell(t, alice, { actorId: bob.id, quote: 'Nice' })
        await after(t, 4)
        assert.equal(push.received.length, 0)
        await after(t, 1)
        await after(t, 60)
        const [message, ...more] = push.received
        assert.ok(message)
        assert.equal(more.length, 0)
        const { notification } = browser.read(message) as Pushed
        assert.equal(notification['body'], 'bob replies to “Fog”\nNice')
        assert.match(notification['navigate'] ?? '', /\/notifications\/[0-9a-f-]{36}$/)
        assert.equal(notification['app_badge'], '1')
        assert.equal(message.headers['ttl'], '43200')
        assert.match(String(message.headers['topic']), /^[\w-]{32}$/)
        const { publicKey } = (await alice.get('/api/v1/push/key')).json<{ publicKey: string }>()
        assert.match(message.headers.authorization ?? '', new RegExp(`^vapid t=.+, k=${publicKey}`))
      }))

    it('stay inside when they were read meanwhile, or the session has ended', () =>
      around(dialect, async ({ t, push, mail, alice }) => {
        await alice.post(SUBSCRIPTIONS, push.browser('/alice').subscription)
        await tell(t, alice)
        await alice.put('/api/v1/notifications/read', { all: true })
        await after(t, 120)
        assert.equal(push.received.length + mail.received.length, 0)
        await tell(t, alice)
        await alice.post('/api/v1/auth/logout')
        await after(t, 6)
        assert.equal(push.received.length, 0)
      }))

    it('forget a browser that is gone, and try again where a service is down', () =>
      around(dialect, async ({ t, push, alice }) => {
        push.answers.set('/gone', 410).set('/down', 503)
        await alice.post(SUBSCRIPTIONS, push.browser('/gone').subscription)
        await alice.post(SUBSCRIPTIONS, push.browser('/down').subscription)
        await tell(t, alice)
        await after(t, 5)
        push.answers.delete('/down')
        await after(t, 10)
        const paths = push.received.map(({ path }) => path)
        assert.deepEqual(paths.toSorted(), ['/down', '/down', '/gone'])
        await tell(t, alice)
        await after(t, 5)
        assert.equal(push.received.length, 4)
      }))

    it('say nothing on a screen when that is wished', () =>
      around(dialect, async ({ t, push, alice }) => {
        const browser = push.browser('/alice')
        await alice.post(SUBSCRIPTIONS, browser.subscription)
        await t.station.notifications.choices.setDiscreet(alice.id, true)
        await tell(t, alice, { quote: 'My secret' })
        await after(t, 5)
        const [message] = push.received
        assert.ok(message)
        assert.equal((browser.read(message) as Pushed).notification['body'], 'A new notification')
      }))

    it('cannot be subscribed or ended for somebody else', () =>
      around(dialect, async ({ t, push, alice, bob }) => {
        const browser = push.browser('/alice')
        const stranger = t.stranger()
        assert.equal((await stranger.post(SUBSCRIPTIONS, browser.subscription)).status, 401)
        assert.equal((await stranger.delete(SUBSCRIPTIONS, {})).status, 401)
        await alice.post(SUBSCRIPTIONS, browser.subscription)
        const { endpoint } = browser
        assert.equal((await bob.delete(SUBSCRIPTIONS, { endpoint })).status, 204)
        assert.equal((await t.station.notificationRoom.subscriptions.of(alice.id)).length, 1)
        assert.equal((await alice.delete(SUBSCRIPTIONS, { endpoint })).status, 204)
        assert.equal((await t.station.notificationRoom.subscriptions.of(alice.id)).length, 0)
      }))

    it('go on for the same person who signs in anew in that browser, and for nobody else', () =>
      around(dialect, async ({ t, push, alice, bob }) => {
        const { subscription, endpoint } = push.browser('/alice')
        const renewed = async (who: Visitor) => (await who.put(SUBSCRIPTIONS, { endpoint })).status
        assert.equal(await renewed(t.stranger()), 401)
        assert.equal(await renewed(alice), 404)
        await alice.post(SUBSCRIPTIONS, subscription)
        assert.deepEqual([await renewed(alice), await renewed(bob)], [204, 404])
        await alice.post('/api/v1/auth/logout')
        const again = t.stranger()
        const login = { login: 'alice', password: 'alice has a long password' }
        assert.equal((await again.post('/api/v1/auth/login', login)).status, 200)
        await tell(t, alice)
        await after(t, 6)
        assert.equal(push.received.length, 0, 'nobody has said that it is the same browser')
        assert.equal(await renewed(again), 204)
        await tell(t, alice)
        await after(t, 6)
        assert.equal(push.received.length, 1)
      }))

    it('are mailed once, with a way to end it that does nothing else', () =>
      around(dialect, async ({ t, mail, alice, bob }) => {
        await tell(t, alice, { actorId: bob.id, fold: 'post/1' })
        await tell(t, alice, { actorId: bob.id, fold: 'post/1' })
        await after(t, 61)
        const { parsed, raw, recipients } = mail.only
        assert.deepEqual(recipients, ['alice@example.org'])
        assert.equal(parsed.subject, 'bob replies to “Fog”')
        assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
        const link = /https?:\/\/\S+\/notifications\/unsubscribe\?token=\S+/.exec(parsed.text ?? '')
        const { pathname, search } = new URL(link?.[0] ?? '')
        const stranger = t.stranger()
        const looked = await stranger.get(`${pathname}${search}`)
        assert.match(looked.text, /Replies/)
        const choice = async () =>
          (await t.station.notifications.choices.of(alice.id)).get('test.reply')
        assert.equal((await choice())?.mail, true)
        const oneClick = { form: { 'List-Unsubscribe': 'One-Click' } }
        const done = await stranger.ask('POST', `${pathname}${search}`, oneClick)
        assert.equal(done.status, 200, done.text)
        assert.deepEqual(await choice(), { inApp: true, push: true, mail: false })
        for (const wrong of [
          search.slice(0, -1),
          search.replace(alice.id, bob.id),
          search.replace('test.reply', 'security'),
        ])
          assert.equal((await stranger.ask('POST', `${pathname}${wrong}`, oneClick)).status, 404)
        await tell(t, alice)
        await after(t, 61)
        assert.equal(mail.received.length, 1)
      }))

    it('about security are always mailed, at once, and cannot be ended', () =>
      around(dialect, async ({ t, mail, alice }) => {
        const none = { inApp: false, push: false, mail: false }
        await t.station.notifications.choices.change(alice.id, new Map([['security', none]]))
        const text = { ru: 'Пароль изменён', en: 'Your password was changed' }
        await tell(t, alice, { kind: 'security', text, url: '/settings' })
        await t.settle()
        const { parsed, raw } = mail.only
        assert.equal(parsed.subject, 'Your password was changed')
        assert.doesNotMatch(raw, /List-Unsubscribe/)
        assert.equal(await t.station.notifications.unread(alice.id), 1)
      }))
  })
}

describe('what the station lets itself be sent to', () => {
  it('is a push service of a browser, over https, and nothing else', async () => {
    const allowed = [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://web.push.apple.com/abc',
      'https://db5p.notify.windows.com/w/?token=abc',
    ]
    const refused = [
      'http://fcm.googleapis.com/fcm/send/abc',
      'https://127.0.0.1/abc',
      'https://169.254.169.254/latest',
      'https://localhost/abc',
      'https://fcm.googleapis.com.evil.example/abc',
      'https://evil.example/fcm.googleapis.com',
      'https://fcm.googleapis.com:8443/abc',
      'https://user:secret@fcm.googleapis.com/abc',
      'https://evilnotify.windows.com/abc',
    ]
    assert.deepEqual(
      allowed.filter((endpoint) => !isPushService(new URL(endpoint))),
      [],
    )
    assert.deepEqual(
      refused.filter((endpoint) => isPushService(new URL(endpoint))),
      [],
    )
    await using push = await PushService.open()
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    const answer = await alice.post(SUBSCRIPTIONS, push.browser('/alice').subscription)
    assert.equal(answer.status, 422)
    assert.equal(answer.json<{ code: string }>().code, 'QL_PUSH_ENDPOINT')
  })

  it('keeps its keys to itself', async () => {
    await using t = await buildTestStation({ dialect: 'sqlite' })
    const alice = await t.person('alice')
    assert.equal((await alice.get('/api/v1/push/key')).status, 200)
    const file = join(t.station.config.dataDir, 'notification-keys.json')
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })
})
