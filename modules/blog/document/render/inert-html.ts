import assert from 'node:assert/strict'
import { parseHTML } from 'linkedom'

const FORBIDDEN =
  'script,style,iframe,object,embed,form,input,button,textarea,link,meta,base,svg,template'

interface Attribute {
  name: string
  value: string
}
interface Node {
  localName: string
  attributes: Iterable<Attribute>
}

/** For tests: fails unless a browser would find nothing active and nothing foreign in the HTML. */
export function assertInert(html: string): void {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`)
  const { querySelectorAll } = document as {
    querySelectorAll: (selector: string) => Iterable<Node>
  }
  const find = (selector: string) => [...querySelectorAll.call(document, selector)]
  assert.deepEqual(
    find(FORBIDDEN).map((node) => node.localName),
    [],
  )
  for (const node of find('body *')) {
    for (const { name, value } of node.attributes) {
      assert.doesNotMatch(name, /^(?:on|hx-|data-|style$|srcdoc$|formaction$)/i, node.localName)
      if (name === 'href') assert.match(value, /^(?:https?:|mailto:|tel:|tg:|\/(?!\/)|#)/)
      if (name === 'src') assert.match(value, /^\/(?!\/)/)
    }
  }
}
