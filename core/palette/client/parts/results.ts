import { wordsIn } from '#client'
import type { Asked } from './asked.ts'
import { group, link, more, span } from './row.ts'

/** One find of `/api/v1/search`. */
export interface Found {
  readonly type: 'chats' | 'users' | 'own' | 'posts' | 'tags'
  readonly id: string
  readonly title: string
  readonly by: string
  readonly url: string
  readonly avatarUrl: string | null
}

const GROUPS = [
  ['people', ['chats', 'users']],
  ['own', ['own']],
  ['posts', ['posts']],
  ['tags', ['tags']],
] as const satisfies readonly (readonly [string, readonly Found['type'][]])[]
/** Where search shows more of what is asked for. */
const SEARCHED = { all: '', people: 'users', tags: 'tags' } as const

/** What the station has found, in groups below the places. */
export class Results {
  readonly #list: HTMLElement
  readonly #words: DOMStringMap
  readonly #groups: HTMLElement[] = []
  #asked: Asked = { kind: 'all', text: '' }

  constructor(list: HTMLElement, words: DOMStringMap) {
    this.#list = list
    this.#words = words
  }

  get canSearch(): boolean {
    return this.#words['everywhere'] !== undefined
  }

  /** Where all messages are searched for what is asked; undefined where there are none. */
  get inMessages(): string | undefined {
    const { text } = this.#asked
    const isAble = this.#words['messages'] !== undefined && text !== ''
    return isAble ? searchPath(text, 'messages') : undefined
  }

  /** Nothing is found yet; the last rows lead to the page of search. */
  clear(asked: Asked): void {
    this.#asked = asked
    this.#empty()
    if (this.canSearch && asked.text !== '') this.#add(this.#asks(this.#words['messages']))
  }

  /** @param isAlone no place is shown either. */
  show(found: readonly Found[], isAlone: boolean): void {
    this.#empty()
    for (const [title, types] of GROUPS) {
      const rows = types.flatMap((type) => found.filter((one) => one.type === type))
      if (rows.length > 0)
        this.#add(
          rows.map((one) => this.#row(one)),
          this.#words[title],
        )
    }
    const isNothing = isAlone && found.length === 0
    this.#add(this.#asks(this.#words[isNothing ? 'nothing' : 'messages']))
  }

  /** Who of the people shown is here, as far as they want it known to the one who looks. */
  markHere(isHere: (id: string) => boolean): void {
    for (const row of this.#list.querySelectorAll<HTMLElement>('[data-person]')) {
      if (!isHere(row.dataset['person'] ?? '')) continue
      row.classList.add('palette-here')
      row.querySelector('.palette-note')?.append(` · ${this.#words['here'] ?? ''}`)
    }
  }

  #empty(): void {
    for (const one of this.#groups.splice(0)) one.remove()
  }

  #add(rows: readonly HTMLElement[], title?: string): void {
    if (rows.length === 0) return
    const made = group(rows, title)
    made.classList.add('palette-found')
    this.#groups.push(made)
    this.#list.append(made)
  }

  #row({ type, id, title, by, url, avatarUrl }: Found): HTMLElement {
    const name = span('palette-name')
    if (type === 'own' || type === 'posts') name.classList.add('palette-post')
    name.append(...marked(title || (this.#words['untitled'] ?? ''), this.#asked.text))
    const note = span('palette-note', type === 'users' ? `@${by}` : by)
    const row = link(url, markOf(type, title, avatarUrl), name, note)
    const canWrite = type === 'users' && this.#words['messages'] !== undefined
    if (canWrite) row.dataset['write'] = `/chats/@${by}`
    if (type === 'own' && !url.startsWith('/write/')) row.dataset['edit'] = `/write/${id}`
    if (type === 'users') row.dataset['person'] = id
    row.append(more())
    return row
  }

  /** Everything there is, and every message where there are some. */
  #asks(inMessages: string | undefined): HTMLElement[] {
    const { kind, text } = this.#asked
    if (kind === 'places') return []
    const everywhere = this.#ask(searchPath(text, SEARCHED[kind]), this.#words['everywhere'])
    if (kind !== 'all') return [everywhere]
    if (this.inMessages === undefined) return [everywhere, ...this.#newPost()]
    const messages = this.#ask(this.inMessages, inMessages)
    const keys = document.createElement('kbd')
    keys.textContent = 'Ctrl ↵'
    keys.ariaHidden = 'true'
    messages.append(keys)
    return [everywhere, messages, ...this.#newPost()]
  }

  /** What was typed may be what somebody wants to write about. */
  #newPost(): HTMLElement[] {
    const words = this.#words['newPost']
    if (words === undefined) return []
    const title = new URLSearchParams({ title: this.#asked.text })
    const row = this.#ask(`/write/new?${title.toString()}`, words)
    const pen = this.#list.querySelector('[href="/write"] .palette-mark')?.cloneNode(true)
    if (pen) row.querySelector('.palette-mark')?.replaceWith(pen)
    return [row]
  }

  #ask(href: string, words = ''): HTMLElement {
    const [before = '', ...after] = words.split('%')
    const name = span('palette-name')
    name.append(before)
    for (const part of after) {
      const typed = document.createElement('b')
      typed.textContent = this.#asked.text
      name.append(typed, part)
    }
    const row = link(href, glass(), name)
    row.classList.add('palette-ask')
    return row
  }
}

function searchPath(q: string, type: string): string {
  return `/search?${new URLSearchParams({ q, ...(type === '' ? {} : { type }) }).toString()}`
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
  const letter = Array.from(title.trim())[0]?.toUpperCase() ?? ''
  return span('palette-mark', type === 'tags' ? '#' : letter)
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
