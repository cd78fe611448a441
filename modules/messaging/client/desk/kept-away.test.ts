import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptAway } from './kept-away.ts'

/** A station that answers these pages of ids, one after the other; none: it knows of no blocks. */
function worldOf(...pages: string[][]) {
  const state = { now: 0, asked: [] as string[], pages }
  const keptAway = new KeptAway({
    now: () => state.now,
    fetch: async (path, method) => {
      state.asked.push(`${method} ${path}`)
      if (method !== 'GET') return new Response(null, { status: 204 })
      if (state.pages.length === 0) return new Response(null, { status: 404 })
      const page = Number(new URL(path, 'http://station').searchParams.get('cursor') ?? 0)
      const items = (state.pages[page] ?? []).map((id) => ({ id }))
      const nextCursor = page + 1 < state.pages.length ? String(page + 1) : null
      return Response.json({ items, nextCursor })
    },
  })
  return { state, keptAway }
}

test('all who are kept away are known, and asked for once a minute at most', async () => {
  const { state, keptAway } = worldOf(['bob'], ['carol'])
  const known = await Promise.all(['bob', 'carol', 'dora'].map((id) => keptAway.has(id)))
  assert.deepEqual(known, [true, true, false])
  assert.equal(state.asked.length, 2)
  state.pages = [[]]
  state.now = 61_000
  assert.equal(await keptAway.has('bob'), false)
  assert.equal(state.asked.length, 3)
})

test('whom one keeps away here is known at once', async () => {
  const { state, keptAway } = worldOf([])
  assert.equal(await keptAway.has('bob'), false)
  state.pages = [['bob']]
  assert.equal(await keptAway.set({ username: 'bob' }, true), true)
  assert.equal(await keptAway.has('bob'), true)
  assert.ok(state.asked.includes('PUT /api/v1/users/bob/block'))
})

test('nobody is kept away on a station without blocks, or one that does not answer', async () => {
  const { state, keptAway } = worldOf()
  assert.equal(await keptAway.has('bob'), false)
  state.now = 3_599_000
  assert.equal(await keptAway.has('bob'), false)
  assert.equal(state.asked.length, 1)
  const silent = new KeptAway({
    now: () => 0,
    fetch: async () => {
      throw new TypeError('no network')
    },
  })
  assert.equal(await silent.has('bob'), false)
  assert.equal(await silent.set({ username: 'bob' }, true), false)
})
