import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../../../test/support/clock.ts'
import { networkOf } from '../../network.ts'
import { RateLimiter } from './rate-limiter.ts'

test('the limit holds within its window and lifts after it', () => {
  const clock = new FakeClock()
  const limiter = new RateLimiter(clock)
  assert.equal(limiter.take('a', 2, 60), 0)
  assert.equal(limiter.take('a', 2, 60), 0)
  assert.equal(limiter.take('b', 2, 60), 0)
  clock.advance({ seconds: 20 })
  assert.equal(limiter.take('a', 2, 60), 40)
  clock.advance({ seconds: 40 })
  assert.equal(limiter.take('a', 2, 60), 0)
})

test('an IPv6 household is its /64, an IPv4 address is itself', () => {
  assert.equal(networkOf('203.0.113.7'), '203.0.113.7')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0')
  assert.equal(networkOf('::1'), '0:0:0:0')
})
