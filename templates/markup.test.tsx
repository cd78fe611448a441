import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Component, h, type VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { markupOf } from './markup.ts'

const HOSTILE = `"><script>alert('1')</script>&amp;<`

test('texts and attributes are escaped wherever they stand', () => {
  const shown = markupOf(
    <p title={HOSTILE}>
      {HOSTILE} <b>{[HOSTILE]}</b>
    </p>,
  )
  assert.doesNotMatch(shown, /<script/)
  assert.equal(shown.split('"').length, 3)
  assert.ok(shown.includes('&amp;amp;'))
})

test('an object that only looks like an element is not drawn', () => {
  const json: unknown = JSON.parse(
    '{"type":"script","props":{"children":"alert(1)"},"key":null,"constructor":null}',
  )
  assert.equal(markupOf(<p>{json as VNode}</p>), '<p></p>')
})

test('nothing, flags and functions leave no trace', () => {
  assert.equal(markupOf(<p>{[null, undefined, true, false, (): null => null]}</p>), '<p></p>')
  assert.equal(
    markupOf(<input disabled={false} required autocomplete="" />),
    '<input required autocomplete/>',
  )
  assert.equal(
    markupOf(
      <a aria-current={false} href="/">
        1
      </a>,
    ),
    '<a aria-current="false" href="/">1</a>',
  )
})

test('names are those of HTML, also where a view writes them as the DOM does', () => {
  assert.equal(markupOf(<pre tabIndex={0} />), '<pre tabindex="0"></pre>')
  assert.equal(markupOf(<svg viewBox="0 0 1 1" />), '<svg viewBox="0 0 1 1"></svg>')
})

test('what it does not know is refused', () => {
  class Old extends Component {
    override render(): VNode {
      return <p />
    }
  }
  assert.throws(() => markupOf(<Old />), TypeError)
  assert.throws(() => markupOf(h('p', { style: { color: 'red' } })), TypeError)
  assert.throws(() => markupOf(h('p', { 'a b=': '1' })), TypeError)
  assert.throws(() => markupOf(h('p onclick=alert(1)', {})), TypeError)
})

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(HOSTILE, '', '«ёлка»'))
const attributes = fc.record(
  {
    class: text,
    id: text,
    title: text,
    href: text,
    hidden: fc.boolean(),
    tabindex: fc.integer(),
    'aria-hidden': fc.oneof(fc.boolean(), text),
    'data-name': fc.oneof(fc.constant(null), text),
  },
  { requiredKeys: [] },
)
const { tree } = fc.letrec<{ tree: VNode; child: unknown }>((tie) => ({
  child: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.constantFrom(null, undefined, false, 0, 17),
    tie('tree'),
    fc.array(tie('child'), { maxLength: 3 }),
  ),
  tree: fc
    .tuple(
      fc.constantFrom('p', 'div', 'a', 'li', 'svg', 'textarea', 'br', 'img'),
      attributes,
      fc.array(tie('child'), { maxLength: 4 }),
    )
    .map(([tag, props, children]) => h(tag, props, ...(children as VNode[]))),
}))

test('any tree is drawn as Preact itself draws it', () => {
  fc.assert(fc.property(tree, (node) => assert.equal(markupOf(node), renderToString(node))))
})
