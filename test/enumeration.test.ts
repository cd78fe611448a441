import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PasswordHasher } from '../core/auth/password/password-hasher.ts'
import { DIALECTS } from './support/databases.ts'
import { buildTestStation } from './support/station.ts'
import type { Answer } from './support/visitor.ts'

const LOGINS = 200

/** All of an answer but what tells one request from the next, and the name that was asked for. */
function told({ status, headers, text }: Answer, login: string): string {
  const { 'x-request-id': id, date: _date, ...others } = headers
  const body = text.replaceAll(String(id), 'ID').replaceAll(login, 'LOGIN')
  return JSON.stringify([status, others, body])
}

/*
 * That the time tells nothing either is shown by statistics in `bench/enumeration.ts`; what makes
 * it so, one hash for each login, is counted here.
 */
for (const dialect of DIALECTS) {
  test(`${LOGINS} wrong logins do not tell who has an account (${dialect})`, async (context) => {
    await using t = await buildTestStation({ dialect })
    await t.person('alice')
    await t.settle()
    const matches = context.mock.method(PasswordHasher.prototype, 'matches')
    const pretend = context.mock.method(PasswordHasher.prototype, 'pretend')
    /* By door and length of the name: a page repeats it. */
    const seen = new Map<string, Set<string>>()
    const hashed: number[] = []
    const count = (): number => matches.mock.callCount() + pretend.mock.callCount()
    const logins = ['alice', 'nobod', 'alice@example.org', 'nobod@example.org']
    for (let index = 0; index < LOGINS; index++) {
      const login = logins[index % logins.length] ?? ''
      const wrong = { login, password: 'not her password' }
      const visitor = t.stranger()
      const isForm = index % 20 > 15
      const before = count()
      const answer = isForm
        ? await visitor.submit('/auth/login', wrong)
        : await visitor.post('/api/v1/auth/login', wrong)
      assert.equal(answer.status, 401)
      assert.equal(visitor.cookies.size, 0)
      const kind = `${isForm ? 'form' : 'api'}, ${login.length}`
      seen.set(kind, (seen.get(kind) ?? new Set()).add(told(answer, login)))
      hashed.push(count() - before)
    }
    assert.deepEqual([...new Set(hashed)], [1])
    assert.equal(seen.size, 4)
    for (const [kind, answers] of seen) assert.equal(answers.size, 1, kind)
  })
}
