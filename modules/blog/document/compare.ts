import type { Addressed, Block, DocNode, QuarkDoc } from './model.ts'

/**
 * Ids of the top-level blocks that were changed, added, removed or moved between two versions.
 * A moved block is one that left the longest run of blocks which kept their order. The order of
 * the result is that of `other`, then what only `base` has.
 */
export function changedBlocks(base: QuarkDoc, other: QuarkDoc): string[] {
  const before = new Map(base.doc.content.map((block, i) => [block.attrs.id, { block, i }]))
  const places: number[] = []
  const changed = new Set<string>()
  for (const block of other.doc.content) {
    const known = before.get(block.attrs.id)
    if (known === undefined || !sameJson(known.block, block)) changed.add(block.attrs.id)
    if (known !== undefined) places.push(known.i)
  }
  const kept = longestRise(places)
  for (const place of places) {
    const id = base.doc.content[place]?.attrs.id
    if (id !== undefined && !kept.has(place)) changed.add(id)
  }
  const after = new Set(other.doc.content.map((block) => block.attrs.id))
  for (const id of before.keys()) if (!after.has(id)) changed.add(id)
  return [...changed]
}

/** Whether two documents say the same, whatever their ids are. */
export function sameContent(a: QuarkDoc, b: QuarkDoc): boolean {
  if (a.doc.content.length !== b.doc.content.length) return false
  return a.doc.content.every(
    (block, i) => contentKey(block) === contentKey(b.doc.content[i] ?? block),
  )
}

/**
 * Gives `next`, which came without ids (from Markdown or HTML), the ids of `base`: blocks with
 * unchanged content keep theirs, also when they moved; an edited block keeps its id when it stands
 * between the same unchanged neighbours. Items inside an edited list are matched the same way.
 */
export function withIdsFrom(base: QuarkDoc, next: QuarkDoc): QuarkDoc {
  return { v: 1, doc: { type: 'doc', content: adoptAll(base.doc.content, next.doc.content) } }
}

type Pairing = (number | undefined)[]

function adoptAll<T extends Addressed>(base: readonly T[], next: readonly T[]): T[] {
  const pairs = pairUnchanged(base, next)
  pairEdited(base, next, pairs)
  return next.map((block, i) => {
    const partner = pairs[i] === undefined ? undefined : base[pairs[i]]
    return partner === undefined ? block : adopt(partner, block)
  })
}

/** The n-th block with some content belongs to the n-th block with that content in the base. */
function pairUnchanged(base: readonly Addressed[], next: readonly Addressed[]): Pairing {
  const places = new Map<string, number[]>()
  for (let i = base.length - 1; i >= 0; i--) {
    const block = base[i]
    if (block === undefined) continue
    const key = contentKey(block)
    const known = places.get(key)
    if (known === undefined) places.set(key, [i])
    else known.push(i)
  }
  return next.map((block) => places.get(contentKey(block))?.pop())
}

/** Between two unchanged neighbours, as many blocks of the same kinds are the same blocks, edited. */
function pairEdited(base: readonly Addressed[], next: readonly Addressed[], pairs: Pairing): void {
  const taken = new Set(pairs)
  for (let start = 0; start < next.length; start++) {
    if (pairs[start] !== undefined) continue
    const end = runEnd(start, next.length, (i) => pairs[i] === undefined)
    const from = start === 0 ? 0 : (pairs[start - 1] ?? -1) + 1
    const to = runEnd(from, base.length, (i) => !taken.has(i))
    const shift = from - start
    if (to - from === end - start) {
      for (let i = start; i < end; i++) {
        if (base[i + shift]?.type === next[i]?.type) pairs[i] = i + shift
      }
    }
    start = end
  }
}

/** Where the run that begins at `start` ends. */
function runEnd(start: number, length: number, belongs: (i: number) => boolean): number {
  let end = start
  while (end < length && belongs(end)) end += 1
  return end
}

function adopt<T extends Addressed>(base: T, next: T): T {
  if (contentKey(base) === contentKey(next)) return base
  const adopted = { ...next, attrs: { ...next.attrs, id: base.attrs.id } }
  const inner = addressedChildren(next)
  if (inner === undefined) return adopted
  return { ...adopted, content: adoptAll(addressedChildren(base) ?? [], inner) }
}

type Holder = Extract<Addressed, { content: Addressed[] }>

const HOLDERS: ReadonlySet<string> = new Set<Holder['type']>([
  'bulletList',
  'orderedList',
  'listItem',
  'taskList',
  'taskItem',
  'blockquote',
  'details',
  'footnoteDefinition',
])

function addressedChildren(block: Addressed): readonly Addressed[] | undefined {
  return HOLDERS.has(block.type) ? (block as Holder).content : undefined
}

/** The content of a node as text, without the ids of blocks. */
function contentKey(node: DocNode | Block): string {
  return JSON.stringify(node, withoutBlockIds)
}

function withoutBlockIds(key: string, value: unknown): unknown {
  if (key !== 'attrs' || typeof value !== 'object' || value === null || !('id' in value))
    return value
  const { id: _, ...others } = value
  return others
}

function sameJson(a: Block, b: Block): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The longest rising subsequence, by patience sorting. */
function longestRise(values: readonly number[]): Set<number> {
  const tops: number[] = []
  const below = new Map<number, number | undefined>()
  for (const value of values) {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((tops[middle] ?? Infinity) < value) low = middle + 1
      else high = middle
    }
    below.set(value, tops[low - 1])
    tops[low] = value
  }
  const rise = new Set<number>()
  for (let value = tops.at(-1); value !== undefined; value = below.get(value)) rise.add(value)
  return rise
}
