import { newBlockId } from '../block-id.ts'
import type { HtmlElement, HtmlNode } from './dom.ts'
import { attributeOf, elementsIn, find, isElement, lineOf, numberOf, styleOf } from './node.ts'
import { filled } from './reader.ts'
import type { HtmlReader } from './reader.ts'
import type { Block, ListItem } from '../model.ts'

interface Item {
  blocks: Block[]
  checked: boolean
}

export function readList(element: HtmlElement, reader: HtmlReader): void {
  const items = itemsOf(element, reader)
  if (items.length === 0) return
  const id = newBlockId()
  if (elementsIn(element).some((item) => checkboxOf(item) !== undefined)) {
    const content = items.map(({ blocks, checked }) => {
      return { type: 'taskItem', attrs: { id: newBlockId(), checked }, content: blocks } as const
    })
    reader.block({ type: 'taskList', attrs: { id }, content })
    return
  }
  const content = items.map(({ blocks }) => listItem(blocks))
  if (element.localName === 'ul') reader.block({ type: 'bulletList', attrs: { id }, content })
  else {
    const start = numberOf(element, 'start', 999_999_999) ?? 1
    reader.block({ type: 'orderedList', attrs: { id, start }, content })
  }
}

/** Google Docs puts a list directly into a list; it belongs to the item before it. */
function itemsOf(element: HtmlElement, reader: HtmlReader): Item[] {
  const items: Item[] = []
  for (const node of element.childNodes) {
    const name = isElement(node) ? node.localName : ''
    const item = isElement(node) && name === 'li' ? node : undefined
    const blocks = reader.insideNodes(item?.childNodes ?? [node], 2)
    if (blocks.length === 0) continue
    const last = items.at(-1)
    if ((name === 'ul' || name === 'ol') && last !== undefined) last.blocks.push(...blocks)
    else items.push({ blocks, checked: item !== undefined && checkboxOf(item) === true })
  }
  return items
}

/** The state of the box at the start of an item; `undefined` when there is no box. */
function checkboxOf(item: HtmlElement): boolean | undefined {
  const box = find(item, 'input')
  if (box === undefined || attributeOf(box, 'type') !== 'checkbox') return undefined
  return box.getAttribute('checked') !== null
}

function listItem(blocks: Block[]): ListItem {
  return { type: 'listItem', attrs: { id: newBlockId() }, content: filled(blocks) }
}

export interface WordItem {
  level: number
  isOrdered: boolean
  element: HtmlElement
}

/** A paragraph of Word that is an item of a list: the level is in its style, the marker in its text. */
export function wordItem(node: HtmlNode): WordItem | undefined {
  if (!isElement(node) || (node.localName !== 'p' && node.localName !== 'div')) return undefined
  const level = /mso-list:[^;]*level(\d)/.exec(styleOf(node))?.[1]
  if (level === undefined) return undefined
  const marker = [...node.querySelectorAll('span')].find(isWordMarker)
  const isOrdered = /^[\p{L}\d]{1,4}[.)]/u.test(marker === undefined ? '' : lineOf(marker))
  return { level: Number(level), isOrdered, element: node }
}

/** The bullet or number that Word writes as text beside the item. */
export function isWordMarker(element: HtmlElement): boolean {
  return /mso-list:\s*ignore/.test(styleOf(element))
}

/** Consecutive items of Word as nested lists. */
export function readWordList(items: readonly WordItem[], reader: HtmlReader): void {
  for (const block of wordLists(items, reader, 0)) reader.block(block)
}

function wordLists(items: readonly WordItem[], reader: HtmlReader, nesting: number): Block[] {
  const lists: Block[] = []
  let at = 0
  while (at < items.length) {
    const first = items[at]
    if (first === undefined) break
    const content: ListItem[] = []
    while (at < items.length) {
      const item = items[at]
      if (item === undefined || item.level < first.level) break
      if (item.level === first.level && item.isOrdered !== first.isOrdered) break
      let end = at + 1
      while ((items[end]?.level ?? 0) > first.level) end += 1
      const blocks = reader.inside(item.element, 2 * (nesting + 1))
      content.push(
        listItem([...blocks, ...wordLists(items.slice(at + 1, end), reader, nesting + 1)]),
      )
      at = end
    }
    const id = newBlockId()
    lists.push(
      first.isOrdered
        ? { type: 'orderedList', attrs: { id }, content }
        : { type: 'bulletList', attrs: { id }, content },
    )
  }
  return lists
}
