import type { Saved } from './answered-post.ts'
import type { Draft, KeeperState } from './draft-keeper.ts'
import type { FieldValues } from './local-copy.ts'
import { counted, minutesFor, type PluralForms, wordCount } from './text-length.ts'

const FIELDS = ['title', 'markdown', 'slug', 'tags', 'excerpt', 'visibility', 'publishAt']
const TOLD: ReadonlySet<KeeperState> = new Set(['offline', 'refused', 'conflict'])
const SLUG = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/
const MAX_TAG_CHARS = 60
const MAX_TAGS = 20

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

/** The writing page as the browser has it: reads the fields, draws the states. */
export class WritingForm {
  readonly #form: HTMLFormElement
  readonly #language = document.documentElement.lang
  readonly #plurals = new Intl.PluralRules(this.#language)
  readonly #time = new Intl.DateTimeFormat(this.#language, { hour: 'numeric', minute: '2-digit' })
  readonly #openedSlug: string
  #isSending = false

  constructor(form: HTMLFormElement) {
    this.#form = form
    this.#openedSlug = this.#control('slug').value
  }

  get id(): string | undefined {
    return this.#form.dataset['post']
  }

  get rev(): number | undefined {
    return Number(this.#control('baseRev').value) || undefined
  }

  /** Names the post to be begun, so that a first save sent twice begins one. */
  get key(): string | undefined {
    return this.#keyField?.value
  }

  set key(key: string | undefined) {
    if (this.#keyField && key !== undefined) this.#keyField.value = key
  }

  get #keyField(): HTMLInputElement | undefined {
    const field = this.#form.elements.namedItem('key')
    return field instanceof HTMLInputElement ? field : undefined
  }

  get api(): string {
    return this.#form.dataset['api'] ?? ''
  }

  get state(): string | undefined {
    return this.#form.dataset['state']
  }

  get isStored(): boolean {
    return this.#form.dataset['unsaved'] === undefined
  }

  values(): FieldValues {
    return Object.fromEntries(FIELDS.map((name) => [name, this.#control(name).value]))
  }

  put(values: FieldValues): void {
    for (const [name, value] of Object.entries(values)) {
      if (FIELDS.includes(name)) this.#control(name).value = value
    }
  }

  /** The fields as the API takes them; an address is sent once it was written by hand. */
  draft(): Draft {
    const value = (name: string): string => this.#control(name).value
    const tags = value('tags').split(',').map(oneLine)
    const slug = value('slug')
    return {
      title: oneLine(value('title')),
      markdown: value('markdown'),
      tags: [...new Set(tags.filter((tag) => tag !== '' && tag.length <= MAX_TAG_CHARS))].slice(
        0,
        MAX_TAGS,
      ),
      excerpt: oneLine(value('excerpt')),
      visibility: value('visibility'),
      ...(slug !== this.#openedSlug && SLUG.test(slug) && { slug }),
    }
  }

  goLive(): void {
    this.#form.dataset['live'] = ''
    this.#label()
  }

  show(state: KeeperState, isAtRisk: boolean): void {
    const pills = this.#find('[data-pills]')
    const shown = isAtRisk && state !== 'conflict' ? 'unkept' : state
    if (pills) pills.dataset['pills'] = shown
    const at = this.#find('[data-saved-at]')
    if (state === 'saved' && at) at.textContent = this.#time.format(Date.now())
    const words = this.#find(`[data-when='${shown}'] .pill-text`)?.textContent ?? ''
    const told = this.#find('[data-announce]')
    if (told) told.textContent = isAtRisk || TOLD.has(state) ? words : ''
  }

  /** What a save has changed: the form goes to the post, on its newest revision. */
  adopt({ id, rev, slug }: Saved): void {
    this.#control('baseRev').value = String(rev)
    // An empty address follows the title; the hint shows where to.
    this.#control('slug').setAttribute('placeholder', slug)
    if (this.id === id) return
    const address = `${this.#form.dataset['edit'] ?? ''}${id}`
    this.#form.dataset['post'] = id
    this.#form.setAttribute('action', address)
    history.replaceState(null, '', address)
  }

  count(): void {
    const words = wordCount(this.#control('markdown').value)
    const shown = this.#find('[data-count]')
    if (!shown) return
    const length = counted(words, this.#forms('words'), this.#plurals)
    const minutes = counted(minutesFor(words), this.#forms('minutes'), this.#plurals)
    shown.textContent = `${length} · ${minutes}`
    const aside = this.#control('excerpt').closest('.field')?.querySelector('.field-aside')
    const chars = String(this.#control('excerpt').value.length)
    if (aside) aside.textContent = (aside.textContent ?? '').replace(/\d+/, chars)
  }

  tellRestored(at: number, undo: () => void): void {
    const title = this.#find('[data-restored-title]')
    const text = title?.dataset['restoredTitle'] ?? ''
    if (title) title.textContent = text.replace('#', this.#time.format(at))
    this.#ask('[data-restored]', '[data-restored-undo]', undo)
  }

  offerLeft(take: () => void): void {
    this.#ask('[data-left]', '[data-left-take]', take)
  }

  onInput(edited: () => void): void {
    this.#form.addEventListener('input', ({ target }) => {
      if (target === this.#control('title')) {
        const title = this.#control('title')
        if (/[\r\n]/.test(title.value)) title.value = title.value.replaceAll(/\s*[\r\n]+\s*/g, ' ')
      }
      if (target === this.#control('publishAt')) this.#label()
      this.#form.dataset['typing'] = ''
      edited()
    })
    this.#control('title').addEventListener('keydown', (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      this.#control('markdown').focus()
    })
    const rest = (): void => void delete this.#form.dataset['typing']
    addEventListener('pointermove', rest, { passive: true })
    addEventListener('keydown', (event) => event.key === 'Escape' && rest())
  }

  /** Sends the form once `prepare` is done, with the button that was pressed. */
  onSubmit(prepare: () => Promise<void>): void {
    this.#form.addEventListener('submit', (event) => {
      if (this.#isSending) return
      event.preventDefault()
      const send = (): void => {
        this.#isSending = true
        this.#form.requestSubmit(event.submitter)
      }
      // A form ignores a submission that is asked for while its submit event is still under way.
      void prepare().then(() => setTimeout(send))
    })
  }

  /** The main button names the moment that stands in the field. */
  #label(): void {
    const label = this.#find('[data-publish-now]')
    if (!label) return
    const { publishNow = '', publishAt = '' } = label.dataset
    const at = Date.parse(this.#control('publishAt').value)
    if (Number.isNaN(at)) {
      label.textContent = publishNow
      return
    }
    const date = new Intl.DateTimeFormat(this.#language, { day: 'numeric', month: 'long' })
    label.textContent = publishAt
      .replace('#date', date.format(at))
      .replace('#time', this.#time.format(at))
  }

  #ask(notice: string, button: string, answered: () => void): void {
    const shown = this.#find(notice)
    if (!shown) return
    shown.hidden = false
    this.#find(button)?.addEventListener('click', () => {
      shown.hidden = true
      answered()
    })
  }

  #forms(name: string): PluralForms {
    return JSON.parse(this.#form.dataset[name] ?? '{}') as PluralForms
  }

  #find(selector: string): HTMLElement | null {
    return this.#form.querySelector(selector)
  }

  #control(name: string): Control {
    const control = this.#form.elements.namedItem(name)
    if (
      control instanceof HTMLInputElement ||
      control instanceof HTMLTextAreaElement ||
      control instanceof HTMLSelectElement
    ) {
      return control
    }
    throw new Error(`The writing page has no field ${name}`)
  }
}

/** Titles, tags and summaries are single lines for the station. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
