/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPushed } from './pushes.ts'

const ORIGIN = 'https://station.example'

test('a press opens a page of this station, whatever address the push has brought', async () => {
  const opened: string[] = []
  const clients = {
    matchAll: async () => [],
    openWindow: async (url: string) => void opened.push(url),
  }
  Object.assign(globalThis, { self: { location: { origin: ORIGIN }, clients } })
  const addresses = [
    `${ORIGIN}/chats/1?message=2`,
    '/chats/1',
    'https://evil.example/chats',
    '//evil.example/chats',
    `${ORIGIN}//evil.example/chats`,
    'javascript:alert(1)',
    'data:.evil.example/chats',
    'data:@evil.example/chats',
    'mailto::80@evil.example',
  ]
  for (const url of addresses) await openPushed({ url })
  assert.deepEqual(
    opened.slice(0, 2),
    addresses.slice(0, 2).map((path) => new URL(path, ORIGIN).href),
  )
  assert.deepEqual(
    opened.map((url) => new URL(url).origin),
    addresses.map(() => ORIGIN),
  )
})
