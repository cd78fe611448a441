import { h } from 'preact'
import type { Locale } from '../../port/requests.ts'
import type { Translate } from '../../i18n/catalogue.ts'
import type { ExportedFile } from '../index.ts'
import {
  ArchiveData,
  archiveDocument,
  type ArchiveEntry,
  ArchiveIndex,
  type ArchiveSection,
  ArchiveText,
} from '../views/archive.tsx'

/** A file as it goes into the archive. */
export interface ArchivedFile {
  readonly path: string
  readonly text: string
}

export interface Language {
  readonly t: Translate
  readonly locale: Locale
}

export interface ArchiveFacts {
  readonly stationName: string
  readonly origin: string
  readonly person: string
  readonly at: string
  readonly leftOut: readonly string[]
}

interface Listed {
  readonly owner: string
  /** Below the owner's folder. */
  readonly path: string
  readonly title: string
  readonly kind: 'html' | 'data' | 'text'
  readonly href: string
  /** Of data: the JSON itself. */
  readonly json?: string
}

/** What is long comes in parts: `messages-0.json`, and on from where the last has ended. */
const PART = /-\d[\da-f-]*(?=\.json$)/
const OWN_PICTURE = /\/media\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\/[a-z0-9]{1,8})?/g

/** Makes what was handed over readable, and remembers it for the table of contents. */
export class ArchivePages {
  readonly #language: Language
  /** Id of a picture → its place in the archive. */
  readonly #pictures: ReadonlyMap<string, string>
  readonly #listed: Listed[] = []

  constructor(language: Language, pictures: ReadonlyMap<string, string>) {
    this.#language = language
    this.#pictures = pictures
  }

  /** The files to write for one that `owner` has handed over; names are final as given. */
  render(owner: string, file: ExportedFile): ArchivedFile[] {
    const path = `${owner}/${file.path}`
    const root = '../'.repeat(path.split('/').length - 1)
    const title = file.title ?? this.#titleOf(owner, file.path)
    const frame = { ...this.#language, title, root }
    const entry = { owner, path: file.path, title }
    if (file.html !== undefined) {
      this.#listed.push({ ...entry, kind: 'html', href: path })
      const html = this.#withOwnPictures(file.html, root)
      return [{ path, text: archiveDocument(frame, h(ArchiveText, { html })) }]
    }
    if (file.json !== undefined) {
      const page = `${path}.html`
      this.#listed.push({ ...entry, kind: 'data', href: page, json: path })
      const view = h(ArchiveData, { ...this.#language, value: file.json })
      return [
        { path, text: `${JSON.stringify(file.json, null, 2)}\n` },
        { path: page, text: archiveDocument(frame, view) },
      ]
    }
    this.#listed.push({ ...entry, kind: 'text', href: path })
    return [{ path, text: file.text ?? '' }]
  }

  /** What was handed over, without the pages made of it. */
  get paths(): readonly string[] {
    return this.#listed.map(({ json, href }) => json ?? href)
  }

  index(facts: ArchiveFacts): string {
    const { t } = this.#language
    const title = t('archive.title', { station: facts.stationName })
    const props = { ...this.#language, ...facts, sections: this.#sections() }
    const frame = { ...this.#language, title, root: '' }
    return archiveDocument(frame, h(ArchiveIndex, props))
  }

  #sections(): ArchiveSection[] {
    const owners = Map.groupBy(this.#listed, ({ owner }) => owner)
    return [...owners].map(([owner, files]) => {
      const folders = Map.groupBy(files, ({ path }) => /^.+\//.exec(path)?.[0] ?? path)
      const entries = [...folders.values()].flatMap((group) => this.#entriesOf(group))
      return { title: this.#titleOf(owner), entries }
    })
  }

  /** In a folder with a readable text, the rest is the same text in other forms. */
  #entriesOf(group: readonly Listed[]): ArchiveEntry[] {
    const text = group.find(({ kind }) => kind === 'html')
    if (!text) return group.map((file) => this.#entry(file, []))
    const rest = group.filter((file) => file !== text)
    return [this.#entry(text, rest)]
  }

  #entry(file: Listed, others: readonly Listed[]): ArchiveEntry {
    const own = file.json === undefined ? [] : [{ label: 'JSON', href: hrefOf(file.json) }]
    const forms = others.map(({ href, json }) => {
      const at = json ?? href
      return { label: labelOf(at), href: hrefOf(at) }
    })
    return { title: file.title, href: hrefOf(file.href), forms: [...own, ...forms] }
  }

  /**
   * Whoever hands something over may name it in its own texts: `archive.blog.comments.json`. Parts
   * of one thing have one name, and a number from the second on.
   */
  #titleOf(owner: string, whole?: string): string {
    const path = whole?.replace(PART, '')
    const before = this.#listed.filter(
      (one) => one.owner === owner && one.path.replace(PART, '') === path,
    )
    const name = this.#nameOf(owner, path)
    if (path === whole || before.length === 0) return name
    return this.#language.t('archive.part', { name, part: before.length + 1 })
  }

  #nameOf(owner: string, path?: string): string {
    const key = path === undefined ? `archive.${owner}` : `archive.${owner}.${path}`
    const named = this.#language.t(key)
    if (named !== key) return named
    const plain = (path ?? owner).replace(/\.[a-z]+$/, '').replaceAll(/[-_]/g, ' ')
    return plain.charAt(0).toUpperCase() + plain.slice(1)
  }

  /** Pictures of others stay where they are: the archive holds what is the person's own. */
  #withOwnPictures(html: string, root: string): string {
    return html.replaceAll(OWN_PICTURE, (address, id: string) => {
      const place = this.#pictures.get(id)
      return place === undefined ? address : `${root}${place}`
    })
  }
}

function labelOf(path: string): string {
  const ending = /\.([a-z]+)$/.exec(path)?.[1] ?? 'txt'
  return { json: 'JSON', md: 'Markdown', txt: 'TXT' }[ending] ?? ending.toUpperCase()
}

function hrefOf(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
