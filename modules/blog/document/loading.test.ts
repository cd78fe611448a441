import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'

const loaded: string[] = []
registerHooks({
  resolve(specifier, context, nextResolve) {
    const found = nextResolve(specifier, context)
    if (found.url.includes('/node_modules/')) loaded.push(specifier)
    return found
  },
})

test('a library is loaded when it is first needed, and not before', async () => {
  const { docFromMarkdown, markdownFromDoc, parseDoc, renderDoc } = await import('./index.ts')
  const content = [
    { type: 'paragraph', content: [{ type: 'text', text: 'Привет' }] },
    { type: 'codeBlock', content: [{ type: 'text', text: 'x' }] },
  ]
  await renderDoc(parseDoc({ v: 1, doc: { type: 'doc', content } }))
  assert.equal(loaded.length, 0, loaded.join())

  const markdown = await docFromMarkdown('```ts\nlet a\n```\n\n$x$')
  await markdownFromDoc(markdown)
  assert.ok(loaded.includes('mdast-util-from-markdown'))
  assert.ok(!loaded.some((name) => /linkedom|sanitize-html|highlight|temml/.test(name)))

  await renderDoc(markdown)
  assert.ok(loaded.includes('temml'))
  assert.ok(loaded.includes('highlight.js/lib/languages/typescript'))
  assert.ok(!loaded.includes('highlight.js/lib/languages/python'))
})
