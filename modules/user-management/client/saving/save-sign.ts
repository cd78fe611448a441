import type { SaveState } from './saver.ts'

/** The line beside the title that says whether everything is kept. */
export class SaveSign {
  readonly #sign: HTMLElement
  readonly #time = new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: 'numeric',
    minute: '2-digit',
  })

  constructor(sign: HTMLElement) {
    this.#sign = sign
  }

  show(state: SaveState): void {
    const { dataset } = this.#sign
    dataset['saveSign'] = state
    const text = (dataset[state] ?? '').replace('#', this.#time.format(Date.now()))
    const words = this.#sign.querySelector('span')
    if (words) words.textContent = text
  }
}
