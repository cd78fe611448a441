import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../../../test/support/clock.ts'
import { networkOf } from '../../network.ts'
import { type Guess, LoginThrottle, PASSWORD_LIMITS } from './login-throttle.ts'

const ALICE: Guess = { account: 'alice', ip: '192.0.2.1' }

function open(clock = new FakeClock()): LoginThrottle {
  return new LoginThrottle(clock, PASSWORD_LIMITS)
}

function attempts(throttle: LoginThrottle, count: number, guess: Guess): number {
  let wait = 0
  for (let done = 0; done < count; done++) wait = throttle.attempt(guess)
  return wait
}

test('each further round of guesses waits twice as long, up to two hours', () => {
  const clock = new FakeClock()
  const throttle = open(clock)
  for (const minutes of [15, 30, 60, 120, 120]) {
    assert.equal(attempts(throttle, 5, ALICE), 0)
    assert.equal(throttle.attempt(ALICE), minutes * 60)
    clock.advance({ minutes })
  }
  clock.advance({ hours: 25 })
  assert.equal(attempts(throttle, 5, ALICE), 0)
  assert.equal(throttle.attempt(ALICE), 15 * 60)
})

test('one address may try thirty times over all logins', () => {
  const throttle = open()
  for (let person = 0; person < 30; person++) {
    assert.equal(throttle.attempt({ account: `person${person}`, ip: '192.0.2.1' }), 0)
  }
  assert.equal(throttle.attempt(ALICE), 15 * 60)
  assert.equal(throttle.attempt({ ...ALICE, ip: '192.0.2.2' }), 0)
})

test('one account may be tried a hundred times from all addresses, and its person still gets in', () => {
  const throttle = open()
  for (let host = 0; host < 100; host++) {
    assert.equal(throttle.attempt({ account: 'alice', ip: `10.0.0.${host}` }), 0)
  }
  assert.equal(throttle.attempt({ account: 'alice', ip: '10.0.1.1' }), 15 * 60)
  assert.equal(throttle.attempt({ account: 'bob', ip: '10.0.1.1' }), 0)
  assert.equal(throttle.attempt({ ...ALICE, knownDevice: 'her laptop' }), 0)
})

test('a browser the person is known by is counted by itself, and limited too', () => {
  const throttle = open()
  attempts(throttle, 6, ALICE)
  assert.ok(throttle.attempt(ALICE) > 0)
  const known = { ...ALICE, knownDevice: 'her laptop' }
  assert.equal(attempts(throttle, 5, known), 0)
  assert.equal(throttle.attempt(known), 15 * 60)
})

test('people who sign in rightly from one address do not use it up', () => {
  const throttle = open()
  for (let person = 0; person < 100; person++) {
    const guess = { account: `person${person}`, ip: '192.0.2.1' }
    assert.equal(throttle.attempt(guess), 0)
    throttle.succeed(guess)
  }
})

test('a right password forgives the typing errors before it', () => {
  const throttle = open()
  assert.equal(attempts(throttle, 4, ALICE), 0)
  assert.equal(throttle.left(ALICE), 1)
  throttle.succeed(ALICE)
  assert.equal(throttle.left(ALICE), 5)
  assert.equal(attempts(throttle, 5, ALICE), 0)
})

test('memory stays bounded under a flood of addresses', () => {
  const throttle = open()
  attempts(throttle, 5, ALICE)
  for (let host = 0; host < 12_000; host++) {
    throttle.attempt({ account: `bob${host}`, ip: `10.0.${host >> 8}.${host & 255}` })
  }
  assert.equal(throttle.attempt(ALICE), 0)
})

test('an IPv6 household is one address, an embedded IPv4 address is itself', () => {
  assert.equal(networkOf('2001:db8:1:2::5'), networkOf('2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd'))
  assert.notEqual(networkOf('2001:db8:1:2::5'), networkOf('2001:db8:1:3::5'))
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
})
