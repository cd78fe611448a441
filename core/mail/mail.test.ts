import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { DataFolder } from '../../test/support/data-folder.ts'
import { DIALECTS } from '../../test/support/databases.ts'
import { MailServer } from '../../test/support/mail-server.ts'
import { needs } from '../../test/support/neighbour.ts'
import { buildTestStation, type TestStation } from '../../test/support/station.ts'
import { passwordOf, type Visitor } from '../../test/support/visitor.ts'
import { composeLetter, type Letter } from './index.ts'

const NEWLINES = 'Вера\r\nBcc: everybody@example.org\r\n\r\n<b>'

function letterFor(t: TestStation, changes: Partial<Letter> = {}): Letter {
  return {
    to: 'vera@example.org',
    kind: 'confirm',
    ...composeLetter({
      t: t.station.catalogue.translator('ru'),
      locale: 'ru',
      stationName: 'Маяк',
      subject: 'Подтвердите почту на станции «Маяк»',
      paragraphs: ['Здравствуйте, Вера & Лев.', '<script>alert(1)</script>'],
      action: { label: 'Подтвердить', url: 'https://example.org/confirm?token=abc' },
    }),
    ...changes,
  }
}

function send(t: TestStation, letter: Letter): Promise<void> {
  return t.station.database.transaction((tx) => t.station.mail.send(tx, letter))
}

async function withMail(
  work: (t: TestStation, server: MailServer) => Promise<void>,
  dialect: (typeof DIALECTS)[number],
): Promise<void> {
  await using server = await MailServer.open()
  const mail = { smtpUrl: server.url, from: 'Маяк <mayak@example.org>' }
  await using t = await buildTestStation({ dialect, config: { mail } })
  await work(t, server)
}

const people = needs('user-management')

/** Somebody who is signed in, without the letter that a registration sends. */
async function member(t: TestStation, username: string, role = 'member'): Promise<Visitor> {
  const password = passwordOf(username)
  const account = { username, email: `${username}@example.org`, password, role }
  await t.station.calls.call('users.create', account)
  const visitor = t.stranger()
  const login = await visitor.post('/api/v1/auth/login', { login: username, password })
  assert.equal(login.status, 200, login.text)
  return visitor
}

for (const dialect of DIALECTS) {
  describe(`mail on ${dialect}`, () => {
    it('what was refused is seen by staff, without its words, and sent again', people, () =>
      withMail(async (t, server) => {
        server.refusals.push(550)
        await send(t, letterFor(t))
        await t.settle()
        const ada = await member(t, 'ada', 'admin')
        const alice = await member(t, 'alice')
        const page = await ada.get('/admin/mail')
        assert.match(page.text, /vera@example\.org/)
        assert.match(page.text, /Confirming the address/)
        assert.match(page.text, /550/)
        assert.doesNotMatch(page.text, /token=abc|Подтвердите почту/)
        const retry = /action="(\/admin\/mail\/[^"]+\/retry)"/.exec(page.text)?.[1] ?? ''
        for (const who of [alice, await member(t, 'mona', 'moderator')]) {
          assert.equal((await who.get('/admin/mail')).status, 404)
          assert.equal((await who.submit(retry, {})).status, 404)
        }
        const told = await ada.get('/api/v1/admin/mail')
        const [letter] = told.json<{ items: { id: string; to: string; state: string }[] }>().items
        assert.deepEqual([letter?.to, letter?.state], ['vera@example.org', 'dead'])
        assert.doesNotMatch(told.text, /token=abc|Подтвердите почту/)
        const again = `/api/v1/admin/mail/${letter?.id}/retry`
        assert.equal((await alice.post(again)).status, 404)
        const pressed = await Promise.all([
          ...Array.from({ length: 10 }, () => ada.submit(retry, {})),
          ...Array.from({ length: 10 }, () => ada.post(again)),
        ])
        assert.equal(pressed.filter(({ status }) => status === 303 || status === 204).length, 1)
        await t.settle()
        assert.deepEqual(server.only.recipients, ['vera@example.org'])
        assert.match((await ada.get('/admin/mail')).text, /Everything is sent/)
      }, dialect),
    )

    it('arrives in both parts with a Cyrillic subject, once', () =>
      withMail(async (t, server) => {
        await send(t, letterFor(t))
        await t.settle()
        await t.settle()
        const { parsed, html, recipients } = server.only
        assert.deepEqual(recipients, ['vera@example.org'])
        assert.equal(parsed.subject, 'Подтвердите почту на станции «Маяк»')
        assert.equal(parsed.from?.text, '"Маяк" <mayak@example.org>')
        assert.match(String(parsed.text), /Здравствуйте, Вера & Лев\..*token=abc/s)
        assert.match(html, /Вера &amp; Лев/)
        assert.match(html, /&lt;script>/)
        assert.doesNotMatch(html, /<script/)
        assert.equal(parsed.headers.get('auto-submitted'), 'auto-generated')
        assert.match(String(parsed.messageId), /^<[0-9a-f-]{36}@localhost>$/)
        assert.deepEqual(await t.station.mail.letters(), [])
      }, dialect))

    it('never leaves when the transaction is rolled back', () =>
      withMail(async (t, server) => {
        const failing = t.station.database.transaction(async (tx) => {
          await t.station.mail.send(tx, letterFor(t))
          throw new Error('changed my mind')
        })
        await assert.rejects(failing, /changed my mind/)
        await t.settle()
        assert.equal(server.received.length, 0)
        assert.deepEqual(await t.station.mail.letters(), [])
      }, dialect))

    it('is tried again after a temporary refusal, and given up after a final one', () =>
      withMail(async (t, server) => {
        server.refusals.push(451)
        await send(t, letterFor(t))
        await t.settle()
        const [waiting] = await t.station.mail.letters('ready')
        assert.equal(waiting?.attempts, 1)
        assert.match(waiting?.error ?? '', /Not now/)
        t.clock.advance({ seconds: 7 })
        await t.settle()
        assert.equal(server.received.length, 1)
        server.refusals.push(554)
        await send(t, letterFor(t))
        await t.settle()
        const [dead] = await t.station.mail.letters('dead')
        assert.match(dead?.error ?? '', /Not now/)
        assert.equal(await t.station.mail.retry(dead?.id ?? ''), true)
        assert.equal(await t.station.mail.retry('unknown'), false)
        await t.settle()
        assert.equal(server.received.length, 2)
      }, dialect))

    it('gives up after eight failures, and says so', () =>
      withMail(async (t, server) => {
        server.refusals.push(...Array<number>(8).fill(421))
        await send(t, letterFor(t))
        for (let attempt = 1; attempt <= 8; attempt++) {
          await t.settle()
          t.clock.advance({ hours: 5 })
        }
        const [dead] = await t.station.mail.letters('dead')
        assert.equal(dead?.attempts, 8)
        assert.ok(t.warnings.some((line) => line.startsWith('error: A letter cannot be sent')))
      }, dialect))

    it('lets no name become a header and no address become two', () =>
      withMail(async (t, server) => {
        await send(t, letterFor(t, { subject: NEWLINES }))
        await t.settle()
        const { parsed, recipients } = server.only
        assert.deepEqual(recipients, ['vera@example.org'])
        assert.equal(parsed.bcc, undefined)
        assert.equal(parsed.subject, 'Вера Bcc: everybody@example.org <b>')
        for (const to of ['a@example.org, b@example.org', 'a@example.org\r\nBcc: b@example.org'])
          await assert.rejects(send(t, letterFor(t, { to })), /needs one address/)
      }, dialect))

    it('offers to unsubscribe with one click where that is asked for', () =>
      withMail(async (t, server) => {
        const unsubscribeUrl = 'https://example.org/notifications/unsubscribe?token=a.b.c'
        await send(t, letterFor(t, { unsubscribeUrl }))
        await t.settle()
        const raw = server.only.raw.replaceAll(/\r\n[ \t]+/g, ' ')
        assert.match(
          raw,
          /^List-Unsubscribe: <https:\/\/example\.org\/notifications\/unsub\S+>\r$/m,
        )
        assert.match(raw, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
      }, dialect))

    it('counts letters per address and kind', async () => {
      await using t = await buildTestStation({ dialect, config: { rateLimits: true } })
      const { mail } = t.station
      const ask = (): boolean => mail.mayWriteTo('vera@example.org', 'reset')
      assert.deepEqual([ask(), ask(), ask(), ask()], [true, true, true, false])
      assert.equal(mail.mayWriteTo('lev@example.org', 'reset'), true)
      t.clock.advance({ hours: 1 })
      assert.equal(ask(), true)
    })
  })
}

describe('mail over a restart', () => {
  it('sends at the next start what was committed before a crash', async () => {
    using folder = new DataFolder()
    const options = { dialect: 'sqlite', dataDir: folder.dir } as const
    const nowhere = { smtpUrl: 'smtp://127.0.0.1:1', from: null }
    {
      await using t = await buildTestStation({ ...options, config: { mail: nowhere } })
      await t.station.mail.stop()
      await send(t, letterFor(t))
      assert.equal((await t.station.mail.letters('ready')).length, 1)
    }
    await using server = await MailServer.open()
    const mail = { smtpUrl: server.url, from: null }
    await using t = await buildTestStation({ ...options, config: { mail } })
    await t.settle()
    assert.equal(server.received.length, 1)
    assert.deepEqual(await t.station.mail.letters(), [])
  })

  it('takes a letter over whose sender has died, after its lease', async () => {
    await using server = await MailServer.open()
    const mail = { smtpUrl: server.url, from: null }
    await using t = await buildTestStation({ dialect: 'sqlite', config: { mail } })
    const leased = new Date(t.clock.now().getTime() + 120_000).toISOString()
    await t.station.database.transaction(async (tx) => {
      await t.station.mail.send(tx, letterFor(t))
      /* As another process leaves it that is killed while it sends. */
      await tx.session.run('update letters set attempts = 1, next_at = ?', [leased])
    })
    await t.settle()
    assert.equal(server.received.length, 0)
    t.clock.advance({ minutes: 2 })
    await t.settle()
    assert.equal(server.received.length, 1)
  })
})
