import { restOf } from './asked.ts'

/** How the chosen name goes on, in the field after what was typed; nothing the field holds. */
export class Ghost {
  readonly #input: HTMLInputElement
  readonly #typed = document.createElement('span')
  readonly #rest = document.createElement('span')

  constructor(input: HTMLInputElement) {
    this.#input = input
    const line = document.createElement('span')
    line.className = 'palette-ghost'
    line.ariaHidden = 'true'
    line.append(this.#typed, this.#rest)
    input.before(line)
  }

  /** @param name of the chosen row; '' and nothing is shown. */
  show(name: string): void {
    const { value } = this.#input
    this.#typed.textContent = value
    this.#rest.textContent = restOf(name, value)
  }

  /** Takes what is shown into the field. @returns false where nothing is shown, or not at the end. */
  take(): boolean {
    const { value, selectionStart, selectionEnd } = this.#input
    const rest = this.#rest.textContent ?? ''
    const isAtEnd = selectionStart === value.length && selectionEnd === value.length
    if (rest === '' || !isAtEnd) return false
    this.#input.value = value + rest
    this.#input.dispatchEvent(new Event('input'))
    return true
  }
}
