import type { Entity } from '../../protocol/dto.ts'

export type Mark = 'bold' | 'italic' | 'strike' | 'code' | 'spoiler' | 'quote' | 'link'

const AROUND: Readonly<Record<Exclude<Mark, 'quote' | 'link'>, string>> = {
  bold: '**',
  italic: '_',
  strike: '~~',
  code: '`',
  spoiler: '||',
}

const SCHEME = 'https://'

export interface Written {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** Puts the signs of a mark around what is selected, or takes them away again. */
export function marked({ text, from, to }: Written, mark: Mark): Written {
  if (mark === 'quote') return quoted({ text, from, to })
  const words = text.slice(from, to)
  if (mark === 'link') {
    const isAddress = /^https?:\/\/\S+$/.test(words)
    const put = isAddress ? `[](${words})` : `[${words}](${SCHEME})`
    const at = isAddress ? from + 1 : from + put.length - 1
    const missing = isAddress ? 0 : SCHEME.length
    return { text: text.slice(0, from) + put + text.slice(to), from: at - missing, to: at }
  }
  const sign = AROUND[mark]
  const isMarked =
    text.slice(from - sign.length, from) === sign && text.slice(to, to + sign.length) === sign
  if (isMarked) {
    const bare = text.slice(0, from - sign.length) + words + text.slice(to + sign.length)
    return { text: bare, from: from - sign.length, to: to - sign.length }
  }
  const put = text.slice(0, from) + sign + words + sign + text.slice(to)
  return { text: put, from: from + sign.length, to: to + sign.length }
}

function quoted({ text, from, to }: Written): Written {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const lines = text.slice(start, to).split('\n')
  const isQuoted = lines.every((line) => line.startsWith('> '))
  const put = lines.map((line) => (isQuoted ? line.slice(2) : `> ${line}`)).join('\n')
  return { text: text.slice(0, start) + put + text.slice(to), from: start, to: start + put.length }
}

const SIGNS: Partial<Record<Entity['type'], string>> = { ...AROUND, pre: '```' }

/** The Markdown that a text with entities is written as, to be changed in the composer. */
export function markdownOf(text: string, entities: readonly Entity[]): string {
  const puts: { at: number; sign: string; isEnd: boolean; length: number }[] = []
  for (const { type, offset, length, url, language } of entities) {
    const end = offset + length
    const put = (open: string, close: string): void => {
      puts.push({ at: offset, sign: open, isEnd: false, length })
      puts.push({ at: end, sign: close, isEnd: true, length })
    }
    const sign = SIGNS[type]
    if (type === 'pre') put(`\`\`\`${language ?? ''}\n`, '\n```')
    else if (type === 'link') put('[', `](${url ?? ''})`)
    else if (type === 'quote') {
      for (let at = offset; at >= offset && at < end; at = text.indexOf('\n', at) + 1) {
        puts.push({ at, sign: '> ', isEnd: false, length })
        if (!text.includes('\n', at)) break
      }
    } else if (sign !== undefined) put(sign, sign)
  }
  puts.sort((a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd) || order(a, b))
  let [markdown, at] = ['', 0]
  for (const put of puts) {
    markdown += text.slice(at, put.at) + put.sign
    at = put.at
  }
  return markdown + text.slice(at)
}

/** Of two that begin together the longer is outside, of two that end together the shorter inside. */
function order(a: { isEnd: boolean; length: number }, b: { length: number }): number {
  return a.isEnd ? a.length - b.length : b.length - a.length
}
