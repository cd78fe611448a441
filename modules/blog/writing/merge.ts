import { changedBlocks, parseDoc, type Block, type QuarkDoc } from '../document/index.ts'

/** The text with both changes in it, or the blocks that both have changed. */
export type Merged =
  | { readonly doc: QuarkDoc; readonly blocks?: undefined }
  | { readonly blocks: readonly string[] }

/**
 * Lays the change from `base` to `next` over `current`, block by block. A block that only one side
 * has touched is taken from that side; one that both have touched is never decided here.
 */
export function mergeDocs(base: QuarkDoc, current: QuarkDoc, next: QuarkDoc): Merged {
  const ours = new Set(changedBlocks(base, next))
  const blocks = changedBlocks(base, current).filter((id) => ours.has(id))
  if (blocks.length > 0) return { blocks }
  const merged = current.doc.content.filter((block) => !ours.has(block.attrs.id))
  let before: string | undefined
  for (const block of next.doc.content) {
    if (ours.has(block.attrs.id)) merged.splice(placeAfter(merged, before), 0, block)
    /* A neighbour that the other side has removed cannot show the place; the one before it does. */
    if (has(merged, block.attrs.id)) before = block.attrs.id
  }
  try {
    return { doc: parseDoc({ v: 1, doc: { type: 'doc', content: merged } }) }
  } catch {
    /* Each side is valid alone and both together are not, e.g. two footnotes of one name. */
    return { blocks: [...ours] }
  }
}

function placeAfter(blocks: readonly Block[], id: string | undefined): number {
  return id === undefined ? 0 : blocks.findIndex((block) => block.attrs.id === id) + 1
}

function has(blocks: readonly Block[], id: string): boolean {
  return blocks.some((block) => block.attrs.id === id)
}
