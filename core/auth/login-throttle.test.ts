import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../../test/support/clock.ts'
import { networkOf } from '../network.ts'
import { LoginThrottle } from './login-throttle.ts'

function attempts(throttle: LoginThrottle, count: number, login: string, ip: string): number {
  let wait = 0
  for (let done = 0; done < count; done++) wait = throttle.attempt(login, ip)
  return wait
}

test('each further round of guesses waits twice as long, up to two hours', () => {
  const clock = new FakeClock()
  const throttle = new LoginThrottle(clock)
  for (const minutes of [15, 30, 60, 120, 120]) {
    assert.equal(attempts(throttle, 5, 'alice', '192.0.2.1'), 0)
    assert.equal(throttle.attempt('alice', '192.0.2.1'), minutes * 60)
    clock.advance({ minutes })
  }
  clock.advance({ hours: 25 })
  assert.equal(attempts(throttle, 5, 'alice', '192.0.2.1'), 0)
  assert.equal(throttle.attempt('alice', '192.0.2.1'), 15 * 60)
})

test('one address may try thirty times over all logins', () => {
  const throttle = new LoginThrottle(new FakeClock())
  for (let person = 0; person < 30; person++) {
    assert.equal(throttle.attempt(`person${person}`, '192.0.2.1'), 0)
  }
  assert.equal(throttle.attempt('alice', '192.0.2.1'), 15 * 60)
  assert.equal(throttle.attempt('alice', '192.0.2.2'), 0)
})

test('people who sign in rightly from one address do not use it up', () => {
  const throttle = new LoginThrottle(new FakeClock())
  for (let person = 0; person < 100; person++) {
    assert.equal(throttle.attempt(`person${person}`, '192.0.2.1'), 0)
    throttle.succeed(`person${person}`, '192.0.2.1')
  }
})

test('a right password forgives the typing errors before it', () => {
  const throttle = new LoginThrottle(new FakeClock())
  assert.equal(attempts(throttle, 4, 'alice', '192.0.2.1'), 0)
  throttle.succeed('alice', '192.0.2.1')
  assert.equal(attempts(throttle, 5, 'alice', '192.0.2.1'), 0)
})

test('memory stays bounded under a flood of addresses', () => {
  const throttle = new LoginThrottle(new FakeClock())
  attempts(throttle, 5, 'alice', '192.0.2.1')
  for (let host = 0; host < 12_000; host++)
    throttle.attempt('bob', `10.0.${host >> 8}.${host & 255}`)
  assert.equal(throttle.attempt('alice', '192.0.2.1'), 0)
})

test('an IPv6 household is one address, an embedded IPv4 address is itself', () => {
  assert.equal(networkOf('2001:db8:1:2::5'), networkOf('2001:0db8:0001:0002:aaaa:bbbb:cccc:dddd'))
  assert.notEqual(networkOf('2001:db8:1:2::5'), networkOf('2001:db8:1:3::5'))
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(networkOf('192.0.2.1'), '192.0.2.1')
})
