import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractSuite, dockAlone } from '#testkit'

const NEWCOMER = {
  type: 'user.created',
  subject: 'user/1',
  data: { id: '1', username: 'alice' },
}

contractSuite(import.meta.dirname, [NEWCOMER])

test('a newcomer is greeted by name', async () => {
  await using alone = await dockAlone(import.meta.dirname)
  await alone.happens(NEWCOMER)
  assert.deepEqual(alone.published()[0]?.data, { userId: '1', text: 'Hello, alice' })
  assert.deepEqual(await alone.documents(), { 'greetings/1': { text: 'Hello, alice' } })
})
