import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Check } from './checks.ts'
import { gradeOf, scoreOf } from './score.ts'
import { type PostSnapshot, snapshotOf } from './snapshot.ts'

const SETTINGS = { minWords: 60 }
const PARAGRAPH = 'Туман над озером держится до обеда. Камера стоит на окне и снимает берег. '

const GOOD: PostSnapshot = {
  id: '1',
  title: 'Год тумана: что видно из окна',
  lang: 'ru',
  content: `${PARAGRAPH.repeat(3)}\nЗачем смотреть\n${PARAGRAPH.repeat(4)}`,
  headings: [{ level: 2, text: 'Зачем смотреть' }],
  links: ['/user/lev/blog/tropa', 'https://ru.wikipedia.org/wiki/Туман'],
  images: [{ alt: 'Озеро в тумане' }],
}

suite('a score', () => {
  test('of a post with everything in place is 100, without advice', () => {
    const { score, grade, checks } = scoreOf(GOOD, SETTINGS)
    assert.deepEqual({ score, grade }, { score: 100, grade: 'good' })
    assert.deepEqual(
      checks.filter(({ advice }) => advice !== null),
      [],
    )
  })

  test('has maxima that add up to 100, and is the sum of the points', () => {
    const { score, checks } = scoreOf({ ...GOOD, title: '', links: [] }, SETTINGS)
    assert.equal(sum(checks.map(({ max }) => max)), 100)
    assert.equal(sum(checks.map(({ points }) => points)), score)
  })

  test('of a poor post is low, and every missing point comes with advice in both languages', () => {
    const poor = {
      ...GOOD,
      title: '',
      content: 'Тест',
      headings: [],
      links: ['#'],
      images: [{ alt: '' }],
    }
    const { score, grade, checks } = scoreOf(poor, SETTINGS)
    assert.ok(score < 50, String(score))
    assert.equal(grade, 'poor')
    for (const { id, points, max, advice } of checks) {
      assert.equal(advice === null, points === max, id)
      if (advice) assert.match(advice.ru, /[а-яё]/, id)
      if (advice) assert.doesNotMatch(advice.en, /[а-яё]/i, id)
    }
  })

  test('becomes a grade at 50 and at 80', () => {
    assert.deepEqual([49, 50, 79, 80].map(gradeOf), ['poor', 'fair', 'fair', 'good'])
  })
})

suite('a check', () => {
  test('of the title wants 15 to 70 characters', () => {
    const points = ['', 'Лёд', 'Первый лёд: как он звенит', 'Лёд '.repeat(30)].map(
      (title) => check('title', { title }).points,
    )
    assert.deepEqual(points, [0, 9, 15, 10])
  })

  test('of headings asks for one in 400 words and no leap of levels', () => {
    assert.equal(check('headings', { headings: [] }).points, 15)
    assert.equal(check('headings', { headings: [], content: PARAGRAPH.repeat(100) }).points, 0)
    const leap = [
      { level: 2, text: 'Лёд' },
      { level: 4, text: 'Звук' },
    ]
    assert.match(check('headings', { headings: leap }).advice?.ru ?? '', /«Звук»/)
  })

  test('of length follows the setting', () => {
    assert.equal(check('length', { content: PARAGRAPH.repeat(2) }, { minWords: 52 }).points, 10)
    assert.equal(check('length', { content: PARAGRAPH.repeat(2) }, { minWords: 24 }).points, 20)
  })

  test('of links sees addresses that lead nowhere', () => {
    const broken = [
      '',
      '#',
      'http://',
      'https://localhost/x',
      'https://example.com',
      'www.ru',
      'https://a b.ru',
    ]
    for (const link of broken) {
      const { points, advice } = check('links', { links: [link] })
      assert.equal(points, 0, link)
      assert.match(advice?.en ?? '', /look broken/, link)
    }
    for (const link of [
      '/user/anna',
      '#note-1',
      'mailto:anna@quark.ru',
      'https://kizhi.karelia.ru',
    ]) {
      assert.doesNotMatch(check('links', { links: [link] }).advice?.en ?? '', /broken/, link)
    }
  })

  test('of pictures counts those without a description', () => {
    const { points, advice } = check('images', { images: [{ alt: 'Лёд' }, { alt: '' }] })
    assert.equal(points, 5)
    assert.match(advice?.ru ?? '', /Без описания: 1 из 2/)
  })

  test('of readability gives less for long words and sentences', () => {
    const content = 'Осуществление систематического наблюдения предполагает документирование.'
    assert.equal(check('readability', { content }).points, 0)
  })

  test('of the keyword finds another form of the word, not a caption or a heading', () => {
    assert.equal(check('keyword', { title: 'Письма с маяка' }).points, 0)
    assert.equal(check('keyword', { title: 'Туманы' }).points, 10)
    const content = 'Маяк ночью\nВетер пришёл к трём часам, и стало слышно, как остывает железо.'
    assert.equal(check('keyword', { title: 'Смена на маяке', content }).points, 0)
  })
})

suite('a payload', () => {
  test('of another shape is read as far as it goes', () => {
    const post = snapshotOf({
      id: '1',
      content: 'Hello there',
      links: ['/a', { href: '/b', text: 'b' }, 7],
      images: [{}, null],
      headings: 'none',
    })
    assert.deepEqual(post, {
      id: '1',
      title: '',
      lang: 'en',
      content: 'Hello there',
      headings: [],
      links: ['/a', '/b', ''],
      images: [{ alt: '' }, { alt: '' }],
    })
  })

  test('without an id or a text is no post', () => {
    for (const data of [
      null,
      'post',
      {},
      { id: '1' },
      { id: 1, content: 'x' },
      { id: '1', content: ' ' },
    ]) {
      assert.equal(snapshotOf(data), null)
    }
  })
})

function check(id: string, change: Partial<PostSnapshot>, settings = SETTINGS): Check {
  const found = scoreOf({ ...GOOD, ...change }, settings).checks.find((one) => one.id === id)
  assert.ok(found)
  return found
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
