import type { BlockContent, PhrasingContent, Root } from 'mdast'
import type { Entity } from '../schema.ts'
import { addressOf, type Bough, type Branch, branchesOf, isBlock } from '../text/branches.ts'
import { isSafeUrl } from '../text/links.ts'

/** What messages say, as blocks of one text. */
export function blocksOf(text: string, entities: readonly Entity[]): BlockContent[] {
  const blocks: BlockContent[] = []
  let run: Branch[] = []
  const end = (): void => {
    blocks.push(...paragraphsOf(run))
    run = []
  }
  for (const branch of branchesOf(text, entities)) {
    if (typeof branch === 'string' || !isBlock(branch.entity)) run.push(branch)
    else {
      end()
      blocks.push(blockOf(branch))
    }
  }
  end()
  return blocks
}

/** CommonMark with GFM; signs that mean nothing in a message are escaped. Few need it: loaded when asked. */
export async function writeMarkdown(children: BlockContent[]): Promise<string> {
  const { gfmToMarkdown } = await import('mdast-util-gfm')
  const { mathToMarkdown } = await import('mdast-util-math')
  const { toMarkdown } = await import('mdast-util-to-markdown')
  const root: Root = { type: 'root', children }
  return toMarkdown(root, {
    bullet: '-',
    fences: true,
    extensions: [gfmToMarkdown(), mathToMarkdown()],
  })
}

function blockOf({ entity, words, children }: Bough): BlockContent {
  if (entity.type === 'quote') return { type: 'blockquote', children: paragraphsOf(children) }
  return { type: 'code', lang: entity.language || null, value: words }
}

/** An empty line ends a paragraph, any other end of a line stays one. */
function paragraphsOf(branches: readonly Branch[]): BlockContent[] {
  const paragraphs: PhrasingContent[][] = [[]]
  for (const node of branches.flatMap(phrased)) {
    const last = paragraphs.at(-1) ?? []
    if (node.type === 'break' && last.at(-1)?.type === 'break') paragraphs.push([])
    else last.push(node)
  }
  return paragraphs.map(withoutBreaks).flatMap((children) => {
    const isSaying = children.some((node) => node.type !== 'text' || node.value.trim() !== '')
    return isSaying ? [{ type: 'paragraph', children } as const] : []
  })
}

function withoutBreaks(nodes: PhrasingContent[]): PhrasingContent[] {
  const first = nodes.findIndex(({ type }) => type !== 'break')
  const last = nodes.findLastIndex(({ type }) => type !== 'break')
  return nodes.slice(Math.max(first, 0), last + 1)
}

function phrased(branch: Branch): PhrasingContent[] {
  if (typeof branch === 'string') return lines(branch)
  const { entity, words } = branch
  const { type } = entity
  const children = branch.children.flatMap(phrased)
  const mark = MARKS[type]
  if (mark) return [{ type: mark, children }]
  if (type === 'underline') {
    return [{ type: 'html', value: '<u>' }, ...children, { type: 'html', value: '</u>' }]
  }
  if (type === 'code' || type === 'pre') {
    return [{ type: 'inlineCode', value: words.replaceAll('\n', ' ') }]
  }
  return type === 'link' || type === 'url' ? linked(branch, children) : children
}

const MARKS: Readonly<Partial<Record<Entity['type'], 'strong' | 'emphasis' | 'delete'>>> = {
  bold: 'strong',
  italic: 'emphasis',
  strike: 'delete',
}

function linked({ entity, words }: Bough, children: PhrasingContent[]): PhrasingContent[] {
  const url = entity.type === 'link' ? (entity.url ?? '') : addressOf(words)
  if (!isSafeUrl(url)) return children
  return [{ type: 'link', url, children: children.filter((node) => node.type !== 'link') }]
}

function lines(text: string): PhrasingContent[] {
  return text.split('\n').flatMap((value, index): PhrasingContent[] => {
    const node = { type: 'text', value: index === 0 ? value : value.trimStart() } as const
    const kept = value === '' ? [] : [node]
    return index === 0 ? kept : [{ type: 'break' }, ...kept]
  })
}
