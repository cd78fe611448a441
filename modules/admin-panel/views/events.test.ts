import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type DeadLetter, renderView } from '#core'
import { h } from 'preact'
import { EventsPage } from './events.tsx'

const CONSUMER = 'seo-analyzer'

function letterOf(seq: number): DeadLetter {
  const event = { id: String(seq), type: 'blog.post.published', subject: 'post' }
  return {
    consumer: CONSUMER,
    seq,
    attempts: 6,
    error: 'Error: full',
    event: event as DeadLetter['event'],
  }
}

function pageOf(shown: number, dead: number): string {
  const page = h(EventsPage, {
    t: (key, values) => `${key} ${JSON.stringify(values ?? {})}`,
    locale: 'en',
    lag: [{ consumer: CONSUMER, behind: 0, since: null, dead }],
    letters: Array.from({ length: shown }, (_, index) => letterOf(index + 1)),
    done: undefined,
    problem: undefined,
    typed: {},
    timeZone: 'Europe/Moscow',
    now: new Date(0),
  })
  return renderView(page).replaceAll('&quot;', '"')
}

test('a list that is cut short says so', () => {
  assert.match(pageOf(3, 130), /admin\.events\.deadMore \{"count":3,"total":130\}/)
  assert.doesNotMatch(pageOf(3, 3), /deadMore/)
})
