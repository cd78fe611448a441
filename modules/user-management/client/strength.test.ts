import { strict as assert } from 'node:assert'
import { test } from 'node:test'
import { strengthOf } from './strength.ts'

test('nothing typed is not judged', () => {
  assert.equal(strengthOf('', 8), 0)
})

test('what the server would refuse for its length is too short', () => {
  assert.equal(strengthOf('q7$Lx!2', 8), 1)
  assert.equal(strengthOf('correct horse', 15), 1)
  assert.equal(strengthOf('🔑🔑🔑🔑', 8), 1)
})

test('the same letters over and over are weak however long they are', () => {
  assert.equal(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaa', 8), 2)
})

test('a phrase of words beats a riddle', () => {
  assert.equal(strengthOf('xK9#mQ2!', 8), 2)
  assert.equal(strengthOf('lodka i most', 8), 3)
  assert.equal(strengthOf('лодка у старого моста', 8), 4)
})
