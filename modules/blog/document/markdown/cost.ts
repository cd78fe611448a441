import { DocumentError } from '../document-error.ts'
import { DOC_LIMITS } from '../model.ts'

/**
 * Some Markdown takes a parser time that grows with the square of the text: containers nested in
 * one line, brackets and signs of emphasis that never close, tables of thousands of columns. These
 * checks keep the worst text of the allowed size near a second; what people write stays hundreds of
 * times below.
 */
const MAX_MARKERS = 40
const MAX_DEEP_ITEMS = 50
const MAX_DEFINITIONS = 2000
const MAX_COLUMNS = 500
const MAX_SIGN_COST = 10_000_000
const MARKERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){20,}/gm
const MARKER = />|[-+*]|\d+[.)]/g
const DEEP_ITEM = /^[ \t]{100,}(?:[-+*]|\d{1,9}[.)])[ \t]/gm
const DEFINITION = /^[ \t>]*\[[^\]\n]*\]:/gm
const RULE = /^[ \t]*([-*])[ \t]*(?:\1[ \t]*)*$/
const DELIMITER_ROW = /^[ \t>]*[|:-][|:\- \t]{500,}$/gm
const SIGNS = /[*_~]+|`+|\$+|[[\]<&:@]/g

/** Refuses too many containers in a line, columns, and definitions. Throws `DocumentError`. */
export function checkLines(markdown: string): void {
  const opened = countsOf(markdown, MARKERS, (line) => (RULE.test(line) ? 0 : count(line, MARKER)))
  if (opened > MAX_MARKERS) {
    throw new DocumentError('too-deep', 'markdown', 'opens too many lists or quotes in a line')
  }
  if (count(markdown, DEEP_ITEM) > MAX_DEEP_ITEMS) {
    throw new DocumentError('too-deep', 'markdown', 'nests lists too deep')
  }
  if (count(markdown, DEFINITION) > MAX_DEFINITIONS) {
    throw new DocumentError('too-many-nodes', 'markdown', 'has too many definitions')
  }
  if (countsOf(markdown, DELIMITER_ROW, (line) => count(line, /\|/g)) > MAX_COLUMNS) {
    throw new DocumentError('too-many-nodes', 'markdown', 'has a table of too many columns')
  }
}

/** The highest count among the lines that are found. */
function countsOf(markdown: string, lines: RegExp, countIn: (line: string) => number): number {
  let highest = 0
  for (const [line] of markdown.matchAll(lines)) highest = Math.max(highest, countIn(line))
  return highest
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

/** Whether the signs between empty lines, also those in code, are enough to look closer. */
export function looksCostly(markdown: string): boolean {
  const chunks = markdown.split(/\n[ \t>]*\n/)
  if (chunks.length > DOC_LIMITS.maxNodes) {
    throw new DocumentError('too-many-nodes', 'markdown', `more than ${DOC_LIMITS.maxNodes} blocks`)
  }
  return signCost(chunks) > MAX_SIGN_COST
}

/** Refuses texts, each of one paragraph or cell, with too many signs. Throws `DocumentError`. */
export function checkSigns(texts: readonly string[]): void {
  if (signCost(texts) > MAX_SIGN_COST) {
    throw new DocumentError('too-many-nodes', 'markdown', 'has too many signs in a paragraph')
  }
}

function signCost(texts: readonly string[]): number {
  let cost = 0
  for (const text of texts) cost += count(text, SIGNS) ** 2
  return cost
}
