import { inLatin } from '../registration/latin.ts'
import { type Answer, isAskable, type Verdict, verdictOn } from './naming/availability.ts'

const PAUSE_MS = 350

/**
 * Proposes an address from the name above it, says a moment after the last key whether it is free,
 * and offers others beside a taken one. The server decides.
 */
class AddressField {
  readonly #root: HTMLElement
  readonly #input: HTMLInputElement
  readonly #sign = document.createElement('span')
  readonly #help = document.createElement('p')
  readonly #offers = document.createElement('div')
  #isOwn: boolean
  #timer = 0

  constructor(root: HTMLElement, input: HTMLInputElement) {
    this.#root = root
    this.#input = input
    this.#isOwn = input.value !== ''
    this.#sign.className = 'username-free'
    this.#sign.setAttribute('role', 'status')
    this.#help.className = 'field-help'
    this.#help.setAttribute('aria-live', 'polite')
    this.#offers.className = 'suggestions'
    this.#offers.setAttribute('role', 'group')
    this.#offers.setAttribute('aria-label', root.dataset['offered'] ?? '')
  }

  start(): void {
    this.#input.closest('.field-box')?.append(this.#sign)
    const field = this.#root.querySelector('.field')
    const advice = field?.querySelector('.field-help')
    this.#help.textContent = advice?.textContent ?? ''
    this.#help.id = advice?.id ?? ''
    if (advice) advice.replaceWith(this.#help)
    else field?.append(this.#help)
    const said = this.#help.textContent
    this.#input.addEventListener('input', () => {
      this.#isOwn = this.#input.value !== ''
      this.#look(said)
    })
    const name = this.#input.form?.elements.namedItem('displayName')
    if (name instanceof HTMLInputElement)
      name.addEventListener('input', () => this.#follow(name, said))
  }

  /** Until somebody has typed an address of their own. */
  #follow(name: HTMLInputElement, advice: string): void {
    if (this.#isOwn) return
    const [first = ''] = name.value.trim().split(/\s+/)
    this.#input.value = inLatin(first).slice(0, this.#input.maxLength)
    this.#look(advice)
  }

  #look(advice: string): void {
    clearTimeout(this.#timer)
    this.#say(advice)
    this.#root.querySelector('.suggestions')?.remove()
    const name = this.#input.value.trim()
    if (isAskable(name)) this.#timer = window.setTimeout(() => void this.#ask(name), PAUSE_MS)
  }

  async #ask(name: string): Promise<void> {
    const verdict = verdictOn(name, await ask(name))
    if (this.#input.value.trim() !== name || !verdict) return
    const [instead] = verdict.offered
    if (!this.#isOwn && verdict.kind === 'taken' && instead !== undefined) {
      this.#input.value = instead
      this.#show({ kind: 'free', offered: [] })
    } else this.#show(verdict)
  }

  #show({ kind, offered }: Verdict): void {
    if (kind === 'free') {
      this.#sign.textContent = this.#root.dataset['free'] ?? ''
      return
    }
    this.#say(this.#root.dataset[kind] ?? '')
    if (offered.length === 0) return
    const label = document.createElement('span')
    label.className = 'suggestions-label'
    label.setAttribute('aria-hidden', 'true')
    label.textContent = this.#root.dataset['offered'] ?? ''
    this.#offers.replaceChildren(label, ...offered.map((each) => this.#offer(each)))
    this.#root.append(this.#offers)
  }

  #offer(name: string): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'button button-soft button-m'
    button.textContent = name
    button.addEventListener('click', () => {
      this.#input.value = name
      this.#input.focus()
      this.#input.dispatchEvent(new Event('input', { bubbles: true }))
    })
    return button
  }

  #say(text: string): void {
    this.#sign.textContent = ''
    this.#help.textContent = text
  }
}

/** undefined where the station does not say, for example because it was asked too often. */
async function ask(name: string): Promise<Answer | undefined> {
  const path = `/api/v1/auth/username/${encodeURIComponent(name)}`
  const answer = await fetch(path).catch(() => undefined)
  return answer?.ok ? ((await answer.json()) as Answer) : undefined
}

for (const root of document.querySelectorAll<HTMLElement>('[data-username]')) {
  const input = root.querySelector('input')
  if (input) new AddressField(root, input).start()
}

const zone = document.querySelector<HTMLInputElement>('[name="timeZone"]')
if (zone) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone
