import { isObject, parseAttributes } from './attribute.ts'
import type { JsonObject } from './attribute.ts'
import { isBlockId, newBlockId } from '../block-id.ts'
import { DocumentError } from '../document-error.ts'
import { checkJson } from './json-gate.ts'
import type { Mark, MarkName, QuarkDoc } from '../model.ts'
import { DOC_LIMITS, MARK_ORDER } from '../model.ts'
import { BLOCKS, checkPicture, INLINES, MARKS, PARTS } from './node-spec.ts'
import type { ContentRule, NodeSpec } from './node-spec.ts'

const BLOCK_SPECS: ReadonlyMap<string, NodeSpec> = new Map(Object.entries(BLOCKS))
const INLINE_SPECS: ReadonlyMap<string, NodeSpec> = new Map(Object.entries(INLINES))
const PART_SPECS: ReadonlyMap<string, NodeSpec> = new Map(Object.entries(PARTS))
const KNOWN = new Set(['text', ...BLOCK_SPECS.keys(), ...INLINE_SPECS.keys(), ...PART_SPECS.keys()])

/** What one parse has seen so far. */
interface Sight {
  nodes: number
  ids: Set<string>
  labels: Set<string>
}

/**
 * The gate on every door: turns untrusted JSON into a document or throws `DocumentError`.
 *
 * Nothing unknown is stripped: an unknown node, mark or attribute is refused with its path. The
 * result is canonical: keys in one order, marks in `MARK_ORDER`, neighbouring text with the same
 * marks joined, absent instead of `null` or a default. Blocks without an id get one; of two blocks
 * with the same id the later one gets a new id, because copying a block in an editor makes that.
 * Limits: `DOC_LIMITS`.
 */
export function parseDoc(input: unknown): QuarkDoc {
  checkJson(input)
  if (!isObject(input)) throw new DocumentError('invalid', '', 'must be an object')
  onlyKeys(input, ['v', 'doc'], '')
  if (input['v'] !== 1) throw new DocumentError('invalid', 'v', 'must be 1')
  const doc = input['doc']
  if (!isObject(doc)) throw new DocumentError('invalid', 'doc', 'must be an object')
  onlyKeys(doc, ['type', 'content'], 'doc')
  if (doc['type'] !== 'doc') throw new DocumentError('invalid', 'doc.type', "must be 'doc'")
  const sight: Sight = { nodes: 0, ids: new Set(), labels: new Set() }
  const content = parseChildren(doc['content'] ?? [], 'blocks', 'doc.content', 1, sight)
  // The one cast of the gate: everything below was read by the specs that the types mirror.
  return { v: 1, doc: { type: 'doc', content } } as unknown as QuarkDoc
}

function parseChildren(
  input: unknown,
  rule: ContentRule,
  path: string,
  depth: number,
  sight: Sight,
): JsonObject[] {
  if (!Array.isArray(input)) throw new DocumentError('invalid', path, 'must be an array')
  if (input.length > 0 && depth > DOC_LIMITS.maxDepth) {
    throw new DocumentError('too-deep', path, `is nested deeper than ${DOC_LIMITS.maxDepth}`)
  }
  const nodes: JsonObject[] = []
  for (let i = 0; i < input.length; i++) {
    const node = parseNode(input[i], rule, `${path}[${i}]`, depth, sight)
    const last = nodes.at(-1)
    if (last !== undefined && canJoin(last, node)) {
      last['text'] = `${String(last['text'])}${String(node['text'])}`
    } else nodes.push(node)
  }
  return nodes
}

function parseNode(
  input: unknown,
  rule: ContentRule,
  path: string,
  depth: number,
  sight: Sight,
): JsonObject {
  if (!isObject(input)) throw new DocumentError('invalid', path, 'must be an object')
  if (++sight.nodes > DOC_LIMITS.maxNodes) {
    throw new DocumentError('too-many-nodes', path, `more than ${DOC_LIMITS.maxNodes} nodes`)
  }
  const type = input['type']
  if (typeof type !== 'string' || !KNOWN.has(type)) {
    throw new DocumentError('unknown-node', `${path}.type`, 'is not a known node')
  }
  if (type === 'text' && (rule === 'inline' || rule === 'text')) {
    return parseText(input, path, rule === 'inline')
  }
  const spec = specFor(type, rule, depth)
  if (spec === undefined) throw new DocumentError('invalid', path, `${type} cannot stand here`)
  return rule === 'inline'
    ? parseInline(input, type, spec, path)
    : parseBlock(input, type, spec, path, depth, sight)
}

function specFor(type: string, rule: ContentRule, depth: number): NodeSpec | undefined {
  if (rule === 'inline') return INLINE_SPECS.get(type)
  if (rule === 'text' || rule === 'none') return undefined
  if (rule !== 'blocks')
    return rule.some((name) => name === type) ? PART_SPECS.get(type) : undefined
  if (type === 'footnoteDefinition' && depth > 1) return undefined
  return BLOCK_SPECS.get(type)
}

function parseText(input: JsonObject, path: string, marked: boolean): JsonObject {
  onlyKeys(input, marked ? ['type', 'text', 'marks'] : ['type', 'text'], path)
  const value = input['text']
  if (typeof value !== 'string' || value === '') {
    throw new DocumentError('invalid', `${path}.text`, 'must be text that is not empty')
  }
  const marks = parseMarks(input['marks'], `${path}.marks`)
  return marks.length > 0 ? { type: 'text', marks, text: value } : { type: 'text', text: value }
}

function parseInline(input: JsonObject, type: string, spec: NodeSpec, path: string): JsonObject {
  onlyKeys(input, ['type', 'attrs', 'marks'], path)
  const attrs = parseAttributes(input['attrs'], spec.attributes, `${path}.attrs`)
  const marks = parseMarks(input['marks'], `${path}.marks`)
  const node: JsonObject = { type }
  if (Object.keys(attrs).length > 0) node['attrs'] = attrs
  if (marks.length > 0) node['marks'] = marks
  return node
}

function parseBlock(
  input: JsonObject,
  type: string,
  spec: NodeSpec,
  path: string,
  depth: number,
  sight: Sight,
): JsonObject {
  onlyKeys(input, spec.content === 'none' ? ['type', 'attrs'] : ['type', 'attrs', 'content'], path)
  const attrs = parseBlockAttributes(input['attrs'], spec, path, sight)
  if (type === 'figure') checkPicture(attrs, `${path}.attrs`)
  if (type === 'footnoteDefinition') claimLabel(attrs['label'], path, sight)
  const node: JsonObject = { type }
  if (Object.keys(attrs).length > 0) node['attrs'] = attrs
  if (spec.content === 'none') return node
  const given = input['content'] ?? []
  const content = parseChildren(given, spec.content, `${path}.content`, depth + 1, sight)
  if (spec.filled && content.length === 0) {
    throw new DocumentError('invalid', `${path}.content`, 'must not be empty')
  }
  if (content.length > 0) node['content'] = content
  return node
}

function parseBlockAttributes(
  input: unknown,
  spec: NodeSpec,
  path: string,
  sight: Sight,
): JsonObject {
  if (!spec.identified) return parseAttributes(input, spec.attributes, `${path}.attrs`)
  const given = input ?? {}
  if (!isObject(given)) throw new DocumentError('invalid', `${path}.attrs`, 'must be an object')
  const { id, ...others } = given
  const attrs = parseAttributes(others, spec.attributes, `${path}.attrs`)
  return { id: claimId(id, `${path}.attrs.id`, sight), ...attrs }
}

function claimId(given: unknown, path: string, sight: Sight): string {
  if (given !== undefined && given !== null && !isBlockId(given)) {
    throw new DocumentError('invalid', path, 'must be 1 to 40 letters, digits, - and _')
  }
  const id = isBlockId(given) && !sight.ids.has(given) ? given : newBlockId()
  sight.ids.add(id)
  return id
}

function claimLabel(label: unknown, path: string, sight: Sight): void {
  const key = String(label)
  if (sight.labels.has(key)) {
    throw new DocumentError('invalid', `${path}.attrs.label`, 'is used by another footnote')
  }
  sight.labels.add(key)
}

function parseMarks(input: unknown, path: string): Mark[] {
  const given = input ?? []
  if (!Array.isArray(given)) throw new DocumentError('invalid', path, 'must be an array')
  const marks = given.map((mark: unknown, i) => parseMark(mark, `${path}[${i}]`))
  if (new Set(marks.map((mark) => mark.type)).size !== marks.length) {
    throw new DocumentError('invalid', path, 'has the same mark twice')
  }
  return marks.toSorted((a, b) => MARK_ORDER.indexOf(a.type) - MARK_ORDER.indexOf(b.type))
}

function parseMark(input: unknown, path: string): Mark {
  if (!isObject(input)) throw new DocumentError('invalid', path, 'must be an object')
  onlyKeys(input, ['type', 'attrs'], path)
  const type = input['type']
  if (!isMarkName(type)) throw new DocumentError('unknown-mark', `${path}.type`, 'is not known')
  const attrs = parseAttributes(input['attrs'], MARKS[type], `${path}.attrs`)
  return (type === 'link' ? { type, attrs } : { type }) as Mark
}

function isMarkName(value: unknown): value is MarkName {
  return typeof value === 'string' && Object.hasOwn(MARKS, value)
}

function canJoin(left: JsonObject, right: JsonObject): boolean {
  if (left['type'] !== 'text' || right['type'] !== 'text') return false
  return JSON.stringify(left['marks']) === JSON.stringify(right['marks'])
}

function onlyKeys(input: JsonObject, allowed: readonly string[], path: string): void {
  for (const key of Object.keys(input)) {
    if (allowed.includes(key)) continue
    const place = path === '' ? key : `${path}.${key}`
    throw new DocumentError('unknown-attribute', place, 'is not known')
  }
}
