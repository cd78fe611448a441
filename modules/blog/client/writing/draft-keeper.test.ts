/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Answer, type Draft, DraftKeeper, type KeeperStart } from './draft-keeper.ts'

const SAVED: Draft = {
  title: 'Lake',
  markdown: 'Fog.',
  tags: [],
  excerpt: '',
  visibility: 'public',
}
const text = (markdown: string): Draft => ({ ...SAVED, markdown })
const post = (rev: number, more = {}): Answer => ({
  status: 200,
  body: { id: 'p1', rev, slug: 'lake', title: 'Lake', ...more },
})

type Request = {
  readonly method: string
  readonly path: string
  readonly body: Record<string, unknown>
  answer(answer: Answer): void
  fail(): void
}

/** A browser whose clock, network and storage are moved by hand. */
class FakeBrowser {
  nowMs = 0
  timers: { at: number; run: () => void }[] = []
  requests: Request[] = []
  states: string[] = []
  kept = new Map<string, number | undefined>()
  hasRoom = true
  merged: string | undefined
  ids: string[] = []
  /** What happened, in order. */
  log: string[] = []
  readonly keeper: DraftKeeper

  constructor(start: Partial<KeeperStart> = {}) {
    this.keeper = new DraftKeeper(
      {
        now: () => this.nowMs,
        later: (run, ms) => {
          const timer = { at: this.nowMs + ms, run }
          this.timers.push(timer)
          return () => void (this.timers = this.timers.filter((other) => other !== timer))
        },
        key: () => 'a-key-made-by-chance',
        send: (method, path, body) => this.#send(method, path, body),
        keep: (id, rev) => {
          this.log.push('keep')
          if (this.hasRoom) this.kept.set(id ?? 'new', rev)
          return this.hasRoom
        },
        forget: (id) => void this.kept.delete(id ?? 'new'),
        show: (state) => void this.states.push(state),
        saved: ({ id }) => void this.ids.push(id),
        merged: (_title, markdown) => void (this.merged = markdown),
      },
      { api: '/posts', id: 'p1', rev: 3, draft: SAVED, isStored: true, isLive: true, ...start },
    )
  }

  #send(method: string, path: string, body: unknown): Promise<Answer> {
    this.log.push(method)
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    this.requests.push({
      method,
      path,
      body: (body ?? {}) as Record<string, unknown>,
      answer: resolve,
      fail: () => reject(new TypeError('fetch failed')),
    })
    return promise
  }

  async pass(ms: number): Promise<void> {
    const until = this.nowMs + ms
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers = this.timers.filter((timer) => timer !== next)
      this.nowMs = next.at
      next.run()
      await this.settle()
    }
    this.nowMs = until
  }

  /** Lets everything that waits for an answer go on. */
  async settle(): Promise<void> {
    for (let i = 0; i < 12; i++) await Promise.resolve()
  }

  async answer(answer: Answer): Promise<void> {
    this.#last().answer(answer)
    await this.settle()
  }

  async fail(): Promise<void> {
    this.#last().fail()
    await this.settle()
  }

  #last(): Request {
    const request = this.requests.at(-1)
    assert.ok(request, 'nothing was sent')
    return request
  }
}

test('a pause in typing saves on the revision that the page has', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Fog and'))
  await browser.pass(900)
  browser.keeper.edit(text('Fog and ice'))
  await browser.pass(900)
  assert.equal(browser.requests.length, 0)
  await browser.pass(100)
  assert.equal(browser.requests.length, 1)
  const [request] = browser.requests
  assert.equal(request?.method, 'PATCH')
  assert.equal(request?.path, '/posts/p1')
  assert.deepEqual(request?.body, {
    baseRev: 3,
    title: 'Lake',
    tags: [],
    excerpt: '',
    visibility: 'public',
    content: { markdown: 'Fog and ice' },
  })
})

test('the copy in the browser is written before the network is asked', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Ice'))
  assert.equal(browser.kept.get('p1'), 3)
  await browser.pass(1_000)
  assert.deepEqual(browser.log, ['keep', 'PATCH'])
})

test('who never pauses is saved every five seconds', async () => {
  const browser = new FakeBrowser()
  for (let i = 0; i < 12; i++) {
    browser.keeper.edit(text(`Fog ${i}`))
    await browser.pass(500)
  }
  assert.equal(browser.requests.length, 1)
})

test('a save drops the copy, and the next one is made on the returned revision', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.answer(post(4))
  assert.equal(browser.keeper.state, 'saved')
  assert.equal(browser.kept.size, 0)
  browser.keeper.edit(text('Two'))
  await browser.pass(1_000)
  assert.equal(browser.requests[1]?.body['baseRev'], 4)
})

test('one write is under way at a time, and what was typed meanwhile follows it', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  browser.keeper.edit(text('Two'))
  await browser.pass(9_000)
  assert.equal(browser.requests.length, 1)
  await browser.answer(post(4))
  assert.equal(browser.kept.get('p1'), 4)
  await browser.pass(1_000)
  assert.equal(browser.requests.length, 2)
  assert.deepEqual(browser.requests[1]?.body['content'], { markdown: 'Two' })
  await browser.answer(post(5))
  assert.equal(browser.keeper.state, 'saved')
  assert.equal(browser.kept.size, 0)
})

test('saving is shown after 300 ms only', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(299)
  assert.deepEqual(browser.states, [])
  await browser.pass(1)
  assert.deepEqual(browser.states, ['saving'])
})

test('text taken back before the pause ends is not sent', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Fog!'))
  browser.keeper.edit(SAVED)
  await browser.pass(10_000)
  assert.equal(browser.requests.length, 0)
  assert.equal(browser.kept.size, 0)
})

test('the first words create the draft, and the copy moves to its id', async () => {
  const browser = new FakeBrowser({ id: undefined, rev: undefined })
  assert.equal(browser.keeper.state, 'empty')
  browser.keeper.edit(text('Hello'))
  assert.ok(browser.kept.has('new'))
  await browser.pass(1_000)
  assert.equal(browser.requests[0]?.method, 'POST')
  assert.equal(browser.requests[0]?.body['baseRev'], undefined)
  assert.equal(browser.requests[0]?.body['key'], 'a-key-made-by-chance')
  browser.keeper.edit(text('Hello there'))
  await browser.answer({ ...post(1), status: 201 })
  assert.deepEqual(browser.ids, ['p1'])
  assert.deepEqual([...browser.kept], [['p1', 1]])
  await browser.pass(1_000)
  assert.equal(browser.requests[1]?.method, 'PATCH')
  assert.equal(browser.requests[1]?.body['baseRev'], 1)
})

test('a first save whose answer was lost begins one draft', async () => {
  const browser = new FakeBrowser({ id: undefined, rev: undefined })
  browser.keeper.edit(text('Hello'))
  await browser.pass(1_000)
  await browser.fail()
  browser.keeper.edit(text('Hello there'))
  await browser.pass(2_000)
  assert.equal(browser.requests[1]?.method, 'POST')
  assert.equal(browser.requests[1]?.body['key'], browser.requests[0]?.body['key'])
  await browser.answer(post(4))
  assert.deepEqual(browser.ids, ['p1'])
  assert.deepEqual([...browser.kept], [['p1', 1]])
  await browser.pass(1_000)
  const next = browser.requests[2]
  assert.equal(next?.method, 'PATCH')
  assert.equal(next?.body['baseRev'], 1)
  assert.equal(next?.body['key'], undefined)
  assert.deepEqual(next?.body['content'], { markdown: 'Hello there' })
  await browser.answer(post(2))
  assert.equal(browser.keeper.state, 'saved')
  assert.equal(browser.kept.size, 0)
})

test('without a network the text waits here and is sent again by itself', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.fail()
  assert.equal(browser.keeper.state, 'offline')
  assert.ok(browser.kept.has('p1'))
  await browser.pass(2_000)
  await browser.fail()
  await browser.pass(4_999)
  assert.equal(browser.requests.length, 2)
  await browser.pass(1)
  assert.equal(browser.requests.length, 3)
  await browser.answer(post(4))
  assert.equal(browser.keeper.state, 'saved')
})

test('words typed while a retry is under way are saved after it succeeds', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.fail()
  await browser.pass(2_000)
  browser.keeper.edit(text('One two'))
  await browser.answer(post(4))
  await browser.pass(1_000)
  assert.deepEqual(browser.requests.at(-1)?.body['content'], { markdown: 'One two' })
})

test('the return of the network is not waited out', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.fail()
  void browser.keeper.flush()
  assert.equal(browser.requests.length, 2)
})

test('a refused text stays here and is tried again only after a change', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Bad'))
  await browser.pass(1_000)
  await browser.answer({ status: 422, body: {} })
  assert.equal(browser.keeper.state, 'refused')
  await browser.pass(120_000)
  assert.equal(browser.requests.length, 1)
  assert.ok(browser.kept.has('p1'))
  browser.keeper.edit(text('Good'))
  await browser.pass(1_000)
  await browser.answer(post(4))
  assert.equal(browser.keeper.state, 'saved')
})

test('a busy station is asked again', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.answer({ status: 503, body: undefined })
  assert.equal(browser.keeper.state, 'refused')
  await browser.pass(2_000)
  assert.equal(browser.requests.length, 2)
})

test('another version stops all saving, and the text stays here', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.answer({ status: 409, body: { current: 9 } })
  await browser.answer(post(9, { content: { markdown: 'Theirs' } }))
  assert.equal(browser.keeper.state, 'conflict')
  const sent = browser.requests.length
  browser.keeper.edit(text('One more'))
  await browser.pass(60_000)
  await browser.keeper.flush()
  assert.equal(browser.requests.length, sent)
  assert.ok(browser.kept.has('p1'))
})

test('a conflict with a save of our own, whose answer was lost, is none', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('- one\n- two'))
  await browser.pass(1_000)
  await browser.fail()
  await browser.pass(2_000)
  await browser.answer({ status: 409, body: { current: 4 } })
  assert.equal(browser.requests.at(-1)?.path, '/posts/p1?format=markdown')
  await browser.answer(post(4, { content: { markdown: '* one\n* two\n' } }))
  assert.equal(browser.keeper.state, 'saved')
  assert.equal(browser.keeper.rev, 4)
  assert.equal(browser.kept.size, 0)
})

test('a request that the browser repeated by itself is no conflict either', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  await browser.answer({ status: 409, body: { current: 4 } })
  await browser.answer(post(4, { content: { markdown: 'One\n' } }))
  assert.equal(browser.keeper.state, 'saved')
  assert.equal(browser.keeper.rev, 4)
})

test('a lost answer does not hide a real conflict', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Mine'))
  await browser.pass(1_000)
  await browser.fail()
  await browser.pass(2_000)
  await browser.answer({ status: 409, body: { current: 4 } })
  await browser.answer(post(4, { content: { markdown: 'Theirs' } }))
  assert.equal(browser.keeper.state, 'conflict')
})

test('paragraphs that others changed come back into the text', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Mine\n\nold'))
  await browser.pass(1_000)
  await browser.answer(post(5))
  await browser.answer(post(5, { content: { markdown: 'Mine\n\nnew' } }))
  assert.equal(browser.merged, 'Mine\n\nnew')
  assert.equal(browser.keeper.state, 'saved')
  browser.keeper.edit(text('Mine\n\nnew!'))
  await browser.pass(1_000)
  assert.equal(browser.requests.at(-1)?.body['baseRev'], 5)
})

test('others’ paragraphs never replace what is being typed', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('Mine'))
  await browser.pass(1_000)
  browser.keeper.edit(text('Mine, longer'))
  await browser.answer(post(5))
  await browser.answer(post(5, { content: { markdown: 'Mine and theirs' } }))
  assert.equal(browser.merged, undefined)
  assert.equal(browser.keeper.state, 'conflict')
  assert.ok(browser.kept.has('p1'))
})

test('a published post is not changed while typing', async () => {
  const browser = new FakeBrowser({ isLive: false })
  browser.keeper.edit(text('One'))
  await browser.pass(60_000)
  await browser.keeper.flush()
  assert.equal(browser.requests.length, 0)
  assert.equal(browser.keeper.state, 'held')
  assert.ok(browser.kept.has('p1'))
})

test('words are at risk only where the browser has no room either', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  assert.equal(browser.keeper.isAtRisk, false)
  browser.hasRoom = false
  browser.keeper.edit(text('One two'))
  assert.equal(browser.keeper.isAtRisk, true)
  await browser.pass(1_000)
  await browser.answer(post(4))
  assert.equal(browser.keeper.isAtRisk, false)
})

test('a form about to be sent waits for the write under way and begins no other', async () => {
  const browser = new FakeBrowser()
  browser.keeper.edit(text('One'))
  await browser.pass(1_000)
  browser.keeper.edit(text('One two'))
  let isDone = false
  const stopped = browser.keeper.stop().then(() => (isDone = true))
  await browser.settle()
  assert.equal(isDone, false)
  await browser.answer(post(4))
  await stopped
  assert.equal(browser.keeper.rev, 4)
  await browser.pass(60_000)
  assert.equal(browser.requests.length, 1)
  assert.ok(browser.kept.has('p1'))
})

test('text that came back from a refused form is saved although nobody types', async () => {
  const browser = new FakeBrowser({ isStored: false })
  browser.keeper.edit(SAVED)
  await browser.pass(1_000)
  assert.equal(browser.requests.length, 1)
})
