import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { SourceFile } from './source-files.ts'

const FENCE = /^(?<mark>`{3,}|~{3,})(?<language>\w*)[^\n]*\n(?<code>.*?)^\k<mark>\s*$/gms
const LINK = /\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|<(?:img|a)\s[^>]*?(?:src|href)="([^"]+)"/g
const ELSEWHERE = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i

export interface CodeBlock {
  readonly document: string
  readonly language: string
  readonly code: string
}

/** Links to files and headings of the project that lead nowhere, as `document → target`. */
export function brokenLinks(root: string, documents: readonly SourceFile[]): string[] {
  const headings = new Map(documents.map((file) => [file.path, anchors(file.text)]))
  return documents.flatMap((file) =>
    targets(file.text)
      .filter((target) => !ELSEWHERE.test(target))
      .filter((target) => !leadsSomewhere(root, file.path, target, headings))
      .map((target) => `${file.path} → ${target}`),
  )
}

export function codeBlocks(documents: readonly SourceFile[]): CodeBlock[] {
  return documents.flatMap((file) =>
    [...file.text.matchAll(FENCE)].map(({ groups }) => ({
      document: file.path,
      language: groups?.['language'] ?? '',
      code: groups?.['code'] ?? '',
    })),
  )
}

/** The levels of a document's headings in order, such as `[1, 2, 2]`. */
export function outline(text: string): number[] {
  return headingsOf(text).map(([mark]) => mark.length)
}

function targets(text: string): string[] {
  const prose = text.replace(FENCE, '').replace(/`[^`\n]*`/g, '')
  return [...prose.matchAll(LINK)].flatMap(([, link, source]) => link ?? source ?? [])
}

function leadsSomewhere(
  root: string,
  document: string,
  target: string,
  headings: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const [file = '', anchor] = decodeURI(target).split('#')
  const from = file.startsWith('/') ? '' : posix.dirname(document)
  const path = file === '' ? document : posix.join(from, file)
  const known = headings.get(path)
  if (path.startsWith('..') || !(known || existsSync(join(root, path)))) return false
  return anchor === undefined || known === undefined || known.has(anchor)
}

/** The anchors a document's headings get where Markdown is usually shown. */
function anchors(text: string): Set<string> {
  return new Set(
    headingsOf(text).map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-'),
    ),
  )
}

function headingsOf(text: string): [mark: string, title: string][] {
  const prose = text.replace(FENCE, '')
  return [...prose.matchAll(/^(#{1,6})\s+(.+)$/gm)].map(([, mark = '', title = '']) => [
    mark,
    title,
  ])
}
