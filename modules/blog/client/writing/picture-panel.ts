import { bindUpload, faultOf, UploadFailure, type UploadPlace } from '#client'
import { asBlock, pictureMarkdown } from './picture-text.ts'

/**
 * Pictures that are dropped, pasted or chosen: one after the other asks what it shows, is sent, and
 * stands in the text where the cursor is.
 */
export class PicturePanel {
  readonly #panel: HTMLElement
  readonly #text: HTMLTextAreaElement
  readonly #alt: HTMLInputElement
  readonly #place: UploadPlace
  readonly #waiting: File[] = []
  #file: File | undefined
  #isSending = false

  constructor(panel: HTMLElement, text: HTMLTextAreaElement) {
    this.#panel = panel
    this.#text = text
    this.#alt = found(panel, '[data-picture-alt]')
    this.#place = bindUpload(found(panel, '[data-upload]'))
  }

  listen(choose: HTMLElement, input: HTMLInputElement): void {
    choose.addEventListener('click', () => input.click())
    input.addEventListener('change', () => {
      this.#take(input.files)
      input.value = ''
    })
    this.#text.addEventListener('paste', (event) => {
      if (this.#take(event.clipboardData?.files)) event.preventDefault()
    })
    this.#text.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    })
    this.#text.addEventListener('drop', (event) => {
      if (this.#take(event.dataTransfer?.files)) event.preventDefault()
    })
    found(this.#panel, '[data-picture-insert]').addEventListener('click', () => void this.#send())
    found(this.#panel, '.picture-drop').addEventListener('click', () => this.#next())
    /* The panel stands in the form of the post and is no part of it. */
    this.#panel.addEventListener('input', (event) => event.stopPropagation())
    this.#alt.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      void this.#send()
    })
  }

  /** @returns whether there was a file among them. */
  #take(files: FileList | null | undefined): boolean {
    if (!files || files.length === 0) return false
    this.#waiting.push(...files)
    if (!this.#file) this.#next()
    return true
  }

  #next(): void {
    this.#place.clear()
    this.#file = this.#waiting.shift()
    this.#panel.hidden = this.#file === undefined
    if (!this.#file) {
      this.#text.focus()
      return
    }
    found(this.#panel, '[data-picture-name]').textContent = this.#file.name
    this.#alt.value = ''
    this.#alt.focus()
    const fault = faultOf(this.#file)
    if (fault) this.#place.refuse(fault)
  }

  async #send(): Promise<void> {
    const file = this.#file
    if (!file || this.#isSending) return
    this.#isSending = true
    const fields = { alt: this.#alt.value }
    const path = this.#panel.dataset['picture'] ?? ''
    const answer = await this.#place.send({ method: 'POST', path, file, fields })
    this.#isSending = false
    if (answer === undefined) return
    const { url } = Object(answer) as { url?: unknown }
    if (typeof url !== 'string') {
      this.#place.refuse(new UploadFailure('refused'))
      return
    }
    this.#insert(pictureMarkdown({ url, alt: this.#alt.value }))
    this.#next()
  }

  /** As if it were typed, so that it can be taken back. */
  #insert(picture: string): void {
    const text = this.#text
    const { selectionStart: start, selectionEnd: end, value } = text
    const block = asBlock(value, start, end, picture)
    text.focus()
    if (document.execCommand('insertText', false, block)) return
    text.setRangeText(block, start, end, 'end')
    text.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

function found<Kind extends HTMLElement>(root: HTMLElement, selector: string): Kind {
  const element = root.querySelector<Kind>(selector)
  if (!element) throw new Error(`The panel for pictures has no ${selector}`)
  return element
}
