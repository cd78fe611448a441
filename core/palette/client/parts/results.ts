import { wordsIn } from '#client'
import type { Asked } from './asked.ts'

/** One find of `/api/v1/search`. */
export interface Found {
  readonly type: 'users' | 'own' | 'posts'
  readonly title: string
  readonly by: string
  readonly url: string
  readonly avatarUrl: string | null
}

const TYPES = ['users', 'own', 'posts'] as const

/** What the station has found, in groups below the places. Everything is set as text. */
export class Results {
  readonly #list: HTMLElement
  readonly #words: DOMStringMap
  readonly #groups: HTMLElement[] = []
  #text = ''

  constructor(list: HTMLElement, words: DOMStringMap) {
    this.#list = list
    this.#words = words
  }

  get canSearch(): boolean {
    return this.#words['everywhere'] !== undefined
  }

  /** Nothing is found yet; the last row leads to the page of search. */
  clear({ text, kind }: Asked): void {
    this.#text = text
    this.#empty()
    if (this.canSearch && text !== '' && kind !== 'places') this.#add([this.#everywhere(text)])
  }

  show(found: readonly Found[]): void {
    this.#empty()
    for (const type of TYPES) {
      const rows = found.filter((one) => one.type === type).map((one) => this.#row(one))
      if (rows.length > 0) this.#add(rows, this.#words[type])
    }
    this.#add([this.#everywhere(this.#text)])
  }

  #empty(): void {
    for (const group of this.#groups.splice(0)) group.remove()
  }

  #add(rows: readonly HTMLElement[], title?: string): void {
    const group = document.createElement('section')
    group.className = 'palette-group'
    if (title !== undefined) {
      const head = document.createElement('h2')
      head.textContent = title
      group.append(head)
    }
    group.append(...rows)
    this.#groups.push(group)
    this.#list.append(group)
  }

  #row({ type, title, by, url, avatarUrl }: Found): HTMLElement {
    const name = span('palette-name')
    if (type !== 'users') name.classList.add('palette-post')
    name.append(...marked(title || (this.#words['untitled'] ?? ''), this.#text))
    const note = span('palette-note', type === 'users' ? `@${by}` : by)
    return link(url, markOf(type, title, avatarUrl), name, note)
  }

  #everywhere(text: string): HTMLElement {
    const [before = '', after = ''] = (this.#words['everywhere'] ?? '').split('%')
    const name = span('palette-name')
    const typed = document.createElement('b')
    typed.textContent = text
    name.append(before, typed, after)
    return link(`/search?${new URLSearchParams({ q: text }).toString()}`, glass(), name)
  }
}

function link(href: string, ...parts: readonly Node[]): HTMLAnchorElement {
  const row = document.createElement('a')
  row.className = 'palette-row'
  row.href = href
  row.append(...parts)
  return row
}

function span(look: string, text = ''): HTMLSpanElement {
  const made = document.createElement('span')
  made.className = look
  made.textContent = text
  return made
}

/** The glass of the field, once more. */
function glass(): HTMLElement {
  const mark = span('palette-mark')
  const icon = document.querySelector('.palette-field > .icon')?.cloneNode(true)
  if (icon) mark.append(icon)
  return mark
}

function markOf(type: Found['type'], title: string, avatarUrl: string | null): HTMLElement {
  if (type !== 'own' && avatarUrl !== null) {
    const picture = document.createElement('img')
    picture.className = 'palette-mark'
    picture.src = avatarUrl.startsWith('/media/') ? `${avatarUrl}/w96` : avatarUrl
    picture.alt = ''
    return picture
  }
  return span('palette-mark', Array.from(title.trim())[0]?.toUpperCase() ?? '')
}

/** Beginnings of words that were typed stand out. */
function marked(title: string, text: string): (string | HTMLElement)[] {
  const typed = wordsIn(text).map(({ word }) => word)
  const parts: (string | HTMLElement)[] = []
  let at = 0
  for (const { word, offset } of wordsIn(title)) {
    const begun = typed.find((each) => word.startsWith(each))
    if (begun === undefined) continue
    const strong = document.createElement('b')
    strong.textContent = title.slice(offset, offset + begun.length)
    parts.push(title.slice(at, offset), strong)
    at = offset + begun.length
  }
  return [...parts, title.slice(at)]
}
