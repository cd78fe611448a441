import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreOf } from './score.ts'
import { sidebarPart } from './sidebar.ts'
import { snapshotOf } from './snapshot.ts'

const POST = snapshotOf({ id: '1', title: 'Лёд', content: 'Лёд звенит.', images: [{ alt: '' }] })
assert.ok(POST)
const KEPT = { ...scoreOf(POST, { minWords: 300 }), isOutdated: false }

test('the sidebar shows a meter and the advice that is worth most first', () => {
  const [meter, list] = sidebarPart(KEPT, 'en').blocks ?? []
  assert.deepEqual(meter, {
    type: 'meter',
    label: `Score: ${KEPT.score} of 100`,
    value: KEPT.score,
    max: 100,
  })
  assert.equal(list?.type, 'list')
  assert.match(list?.type === 'list' ? (list.items[0] ?? '') : '', /^The text has 2 words/)
})

test('the sidebar speaks the language of its reader', () => {
  assert.match(JSON.stringify(sidebarPart(KEPT, 'ru')), /Оценка: \d+ из 100.*желательно 300/)
  assert.doesNotMatch(JSON.stringify(sidebarPart(KEPT, 'en')), /[а-яё]{2}/i)
})

test('the sidebar says when the text has changed since, and when nothing is missing', () => {
  const changed = sidebarPart({ ...KEPT, isOutdated: true }, 'en')
  assert.match(JSON.stringify(changed), /changed since/)
  const perfect = { score: 100, grade: 'good', checks: [], isOutdated: false } as const
  assert.match(JSON.stringify(sidebarPart(perfect, 'ru')), /Добавить нечего/)
})
