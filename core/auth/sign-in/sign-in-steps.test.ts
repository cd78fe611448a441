import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Authenticator } from '../../../test/support/authenticator.ts'
import { CLIENT, openTestAuth, passwordOf, type TestAuth } from '../../../test/support/auth.ts'
import { isCoded } from '../../../test/support/coded.ts'
import { DIALECTS } from '../../../test/support/databases.ts'
import type { Client } from '../session/session.ts'
import type { Identity } from '../identity/identity.ts'

const INPUT = { login: 'alice', password: passwordOf('alice'), returnTo: '/write' }

async function guarded(t: TestAuth): Promise<{ alice: Identity; app: Authenticator }> {
  const alice = await t.person('alice')
  const { secret, ticket } = await t.auth.factors.offer(alice)
  const app = new Authenticator(secret)
  await t.auth.factors.confirm(alice.id, { ticket, code: app.code(t.clock.now()) })
  t.clock.advance({ minutes: 1 })
  return { alice, app }
}

async function passwordStep(t: TestAuth, client: Client = CLIENT): Promise<Record<string, string>> {
  const step = await t.auth.steps.password(INPUT, client)
  assert.ok('waiting' in step)
  return { [step.waiting.name]: step.waiting.value ?? '' }
}

for (const dialect of DIALECTS) {
  suite(`signing in on two pages on ${dialect}`, () => {
    test('ends with the code of the person whose password it was', async () => {
      await using t = await openTestAuth(dialect)
      const { alice, app } = await guarded(t)
      const cookies = await passwordStep(t)
      const person = await t.auth.steps.code(cookies, app.code(t.clock.now()), CLIENT)
      assert.deepEqual([person.identity.id, person.returnTo], [alice.id, '/write'])
      const again = t.auth.steps.code(cookies, app.code(t.clock.now()), CLIENT)
      await assert.rejects(again, isCoded('QL_AUTH_CODE_WRONG'))
    })

    test('waits ten minutes, and not beyond another password or role', async () => {
      await using t = await openTestAuth(dialect)
      const { alice, app } = await guarded(t)
      const waiting = async (cookies: Record<string, string>) =>
        (await t.auth.steps.waiting(cookies))?.identity.username
      const first = await passwordStep(t)
      t.clock.advance({ minutes: 9 })
      assert.equal(await waiting(first), 'alice')
      t.clock.advance({ minutes: 1 })
      assert.equal(await waiting(first), undefined)
      const late = t.auth.steps.code(first, app.code(t.clock.now()), CLIENT)
      await assert.rejects(late, isCoded('QL_AUTH_STEP_EXPIRED'))
      const second = await passwordStep(t)
      await t.database.transaction((tx) =>
        tx.session.run('update identities set epoch = epoch + 1 where id = ?', [alice.id]),
      )
      assert.equal(await waiting(second), undefined)
    })

    test('takes no cookie that is invented, changed or meant for something else', async () => {
      await using t = await openTestAuth(dialect)
      const { alice } = await guarded(t)
      const [[name, value] = ['', '']] = Object.entries(await passwordStep(t))
      const { ticket } = await t.auth.factors.offer(alice)
      const session = await t.session(alice)
      const tokens = session.cookies.map((cookie) => cookie.value ?? '')
      for (const forged of ['', 'x', `${value}A`, value.slice(1), ticket, ...tokens]) {
        assert.equal(await t.auth.steps.waiting({ [name]: forged }), null)
      }
      const { actor } = await t.auth.authenticate({ cookies: { [name]: value }, client: CLIENT })
      assert.equal(actor, null)
    })

    test('asks a trusted browser for no code in thirty days, and no other browser', async () => {
      await using t = await openTestAuth(dialect)
      const { alice } = await guarded(t)
      const opened = await t.database.transaction((tx) =>
        t.auth.openSession(tx, alice, CLIENT, { trustDevice: true }),
      )
      const trusted = { ...CLIENT, device: opened.device }
      assert.ok('identity' in (await t.auth.steps.password(INPUT, trusted)))
      for (const device of [undefined, 'B'.repeat(43), 'x']) {
        await passwordStep(t, { ...CLIENT, device })
      }
      const known = await t.database.transaction((tx) => t.auth.openSession(tx, alice, CLIENT))
      await passwordStep(t, { ...CLIENT, device: known.device })
      t.clock.advance({ hours: 30 * 24 })
      await passwordStep(t, trusted)
    })

    test('forgets which browsers are trusted when password, role or app changes', async () => {
      await using t = await openTestAuth(dialect)
      const { alice } = await guarded(t)
      const trust = async (): Promise<Client> => {
        const opened = await t.database.transaction((tx) =>
          t.auth.openSession(tx, alice, CLIENT, { trustDevice: true }),
        )
        return { ...CLIENT, device: opened.device }
      }
      const first = await trust()
      await t.database.transaction((tx) =>
        tx.session.run('update identities set epoch = epoch + 1 where id = ?', [alice.id]),
      )
      await passwordStep(t, first)
      const second = await trust()
      t.clock.advance({ minutes: 1 })
      const { secret, ticket } = await t.auth.factors.offer(alice)
      const code = new Authenticator(secret).code(t.clock.now())
      await t.auth.factors.confirm(alice.id, { ticket, code })
      await passwordStep(t, second)
    })
  })

  test(`${dialect}: who may change everything has a long password or a code`, async () => {
    await using t = await openTestAuth(dialect)
    const bob = await t.person('bob', 'short but mine')
    const login = () => t.auth.verifyLogin({ login: 'bob', password: 'short but mine' }, CLIENT)
    await login()
    await t.auth.residents.setRole('operator', bob.id, 'admin')
    await assert.rejects(login(), isCoded('QL_AUTH_ROLE_PASSWORD'))
    const { secret, ticket } = await t.auth.factors.offer(bob)
    const app = new Authenticator(secret)
    await t.auth.factors.confirm(bob.id, { ticket, code: app.code(t.clock.now()) })
    await assert.rejects(login(), isCoded('QL_AUTH_CODE_NEEDED'))
  })

  test(`${dialect}: a stranger’s guesses do not keep people from their own browser`, async () => {
    await using t = await openTestAuth(dialect, { rateLimits: true })
    const alice = await t.person('alice')
    const opened = await t.database.transaction((tx) => t.auth.openSession(tx, alice, CLIENT))
    const known = { ...CLIENT, device: opened.device }
    const wrong = { login: 'alice', password: 'a guess' }
    for (let guess = 0; guess < 5; guess++) {
      await assert.rejects(t.auth.verifyLogin(wrong, CLIENT), isCoded('QL_AUTH_WRONG_CREDENTIALS'))
    }
    const right = { login: 'alice@example.org', password: passwordOf('alice') }
    await assert.rejects(t.auth.verifyLogin(right, CLIENT), isCoded('QL_AUTH_TOO_MANY_ATTEMPTS'))
    assert.equal((await t.auth.verifyLogin(right, known)).id, alice.id)
    t.clock.advance({ minutes: 15 })
    assert.equal((await t.auth.verifyLogin(right, CLIENT)).id, alice.id)
  })
}
