import { bindUpload, faultOf, UploadFailure, type UploadPlace } from '#client'
import { Cropper } from './cropper.ts'

/** Enhances a form that sends a picture of the person. */
export function bindPortrait(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) return
  new PortraitForm(form, input).listen()
}

/**
 * A form that sends a picture of a person, with a script: the portrait is cut first, both show how
 * far they are, and what was chosen stays chosen until it has arrived.
 */
class PortraitForm {
  readonly #form: HTMLFormElement
  readonly #input: HTMLInputElement
  readonly #place: UploadPlace | undefined
  readonly #cropper: Cropper | undefined
  #file: File | undefined

  constructor(form: HTMLFormElement, input: HTMLInputElement) {
    this.#form = form
    this.#input = input
    const progress = form.querySelector<HTMLElement>('[data-upload]')
    this.#place = progress ? bindUpload(progress) : undefined
    const cropper = form.querySelector<HTMLElement>('[data-cropper]')
    this.#cropper = cropper ? new Cropper(cropper) : undefined
  }

  listen(): void {
    const form = this.#form
    const input = this.#input
    form.dataset['live'] = ''
    input.addEventListener('change', () => void this.#choose(input.files?.[0]))
    form.querySelector('[data-another]')?.addEventListener('click', () => input.click())
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      void this.#send()
    })
    this.#takeDrops()
  }

  #takeDrops(): void {
    const form = this.#form
    form.addEventListener('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      form.dataset['over'] = ''
    })
    const leave = (): void => void delete form.dataset['over']
    form.addEventListener('dragleave', leave)
    form.addEventListener('drop', (event) => {
      leave()
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      void this.#choose(file)
    })
  }

  async #choose(file: File | undefined): Promise<void> {
    if (!file) return
    this.#place?.clear()
    const fault = faultOf(file)
    if (fault) {
      this.#place?.refuse(fault)
      return
    }
    if (!this.#cropper) {
      this.#file = file
      await this.#send()
      return
    }
    try {
      await this.#cropper.open(file)
      this.#file = file
      this.#form.dataset['chosen'] = ''
    } catch (error) {
      const failure = error instanceof UploadFailure ? error : new UploadFailure('wrong-type')
      this.#place?.refuse(failure)
    }
  }

  async #send(): Promise<void> {
    const { which = '' } = this.#form.dataset
    const file = this.#file
    if (!file || this.#form.ariaBusy === 'true') return
    this.#form.ariaBusy = 'true'
    const path = `/api/v1/me/${which}`
    const fields = { alt: this.#alt, ...this.#squareFields() }
    const answer = await this.#place?.send({ method: 'PUT', path, file, fields })
    this.#form.ariaBusy = null
    if (answer !== undefined) this.#arrived()
  }

  get #alt(): string {
    const field = this.#form.elements.namedItem('alt')
    return field instanceof HTMLInputElement ? field.value : ''
  }

  #squareFields(): Readonly<Record<string, string>> {
    const square = this.#cropper?.square
    if (!square) return {}
    return { x: asPart(square.x), y: asPart(square.y), size: asPart(square.size) }
  }

  /** The picture stands in the rail and in other cards as well, so the page is drawn anew. */
  #arrived(): void {
    this.#cropper?.close()
    this.#file = undefined
    this.#input.value = ''
    location.assign(`/settings?saved=${Date.now()}#portrait`)
  }
}

function asPart(value: number): string {
  return Math.min(1, Math.max(0, value)).toFixed(6)
}
