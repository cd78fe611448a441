import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { parseMarkdown } from './markdown.ts'
import { wordsOf } from './words.ts'
import { spentMs } from '../../../test/support/effort.ts'

/** The text with each entity as `type(stretch)`. */
function shown(source: string): [string, ...string[]] {
  const { text, entities } = parseMarkdown(source)
  return [
    text,
    ...entities.map(
      ({ type, offset, length, url, language }) =>
        `${type}(${[text.slice(offset, offset + length), url ?? language].filter(Boolean).join(' → ')})`,
    ),
  ]
}

suite('what people type', () => {
  test('is marked as they mean it', () => {
    assert.deepEqual(shown('**жирный** _курсив_ ~~нет~~ `x=1` ||тайна||'), [
      'жирный курсив нет x=1 тайна',
      'bold(жирный)',
      'italic(курсив)',
      'strike(нет)',
      'code(x=1)',
      'spoiler(тайна)',
    ])
    assert.deepEqual(shown('**a _b_ c**'), ['a b c', 'bold(a b c)', 'italic(b)'])
    assert.deepEqual(shown('see [the *map*](https://example.org/a_(b)) now'), [
      'see the *map* now',
      'link(the *map* → https://example.org/a_(b))',
    ])
    assert.deepEqual(shown('before\n```ts\nconst a = **1**\n```\nafter'), [
      'before\nconst a = **1**\nafter',
      'pre(const a = **1** → ts)',
    ])
    assert.deepEqual(shown('> one\n> **two**\nthree'), [
      'one\ntwo\nthree',
      'quote(one\ntwo)',
      'bold(two)',
    ])
    assert.deepEqual(shown('@vera, см. https://example.org/a_b_c?x=1). #туман #1'), [
      '@vera, см. https://example.org/a_b_c?x=1). #туман #1',
      'mention(@vera)',
      'url(https://example.org/a_b_c?x=1)',
      'hashtag(#туман)',
    ])
  })

  test('stays as it stands where nothing is meant', () => {
    for (const text of [
      'snake_case_name',
      '2 ** 3 ** 4',
      '**open',
      '`open',
      'a@example.org',
      '[x](javascript:alert(1))',
      '[x](//evil.example)',
      '__init__',
      '¯\\_(ツ)_/¯',
      '|| or ||',
      '```',
    ]) {
      const [out, ...entities] = shown(text)
      assert.deepEqual([out.replaceAll('\\', ''), entities], [text.replaceAll('\\', ''), []], text)
    }
    assert.deepEqual(shown(String.raw`\*\*no\*\*`), ['**no**'])
  })

  test('never gives an entity outside the text, whatever is typed', () => {
    const piece = fc.constantFrom(
      '**',
      '_',
      '~~',
      '||',
      '`',
      '```\n',
      '> ',
      '[',
      '](',
      ')',
      '😀',
      '@bob',
      '#a',
      'https://e.org',
      '\n',
      ' ',
      'a',
      '\uD800',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const marked = wordsOf(pieces.join(''), undefined)
        assert.ok(marked)
        for (const { offset, length } of marked.entities) {
          assert.ok(length > 0 && offset >= 0 && offset + length <= marked.text.length)
        }
        assert.deepEqual(wordsOf(marked.text, marked.entities)?.text, marked.text)
      }),
    )
  })

  test('is parsed in time that does not explode', () => {
    const started = spentMs()
    for (const sign of ['**', '_a', '||', '[', '`', '> ', '```\n', 'https://', '[a](']) {
      parseMarkdown(sign.repeat(20_000 / sign.length))
    }
    assert.ok(spentMs() - started < 4_000)
  })
})

function bold(offset: number, length: number) {
  return wordsOf('a😀b', [{ type: 'bold', offset, length }])
}

test('entities that come with the text have to fit it', () => {
  assert.deepEqual(bold(0, 3)?.entities, [{ type: 'bold', offset: 0, length: 3 }])
  assert.equal(bold(0, 5), null)
  assert.equal(bold(2, 2), null, 'half of a pair')
  const link = { type: 'link', offset: 0, length: 1, url: 'javascript:alert(1)' } as const
  assert.equal(wordsOf('a', [link]), null)
  const spaced = wordsOf('  ab  ', [{ type: 'bold', offset: 0, length: 5 }])
  assert.deepEqual(spaced, { text: 'ab', entities: [{ type: 'bold', offset: 0, length: 2 }] })
})
