import { openPicture } from '#client'
import { Crop, type Square } from './crop.ts'
import { Gesture, pressKey, ZOOM_STEP } from './gesture.ts'
import { Stage } from './stage.ts'

/** How long the hand must rest before a change is read out. */
const QUIET_MS = 700

/** The part of the settings in which a portrait is cut: works by mouse, touch and keyboard. */
export class Cropper {
  readonly #root: HTMLElement
  readonly #stage: HTMLElement
  readonly #zoom: HTMLInputElement
  #crop: Crop | undefined
  #gesture: Gesture | undefined
  #drawing: Stage | undefined
  #picture: ImageBitmap | undefined
  #telling: ReturnType<typeof setTimeout> | undefined

  constructor(root: HTMLElement) {
    this.#root = root
    this.#stage = found(root, '[data-stage]')
    this.#zoom = found(root, '[data-zoom]')
    this.#listenToPointers()
    this.#listenToKeys()
    new ResizeObserver(() => this.#drawing?.drawSoon()).observe(this.#stage)
  }

  get isOpen(): boolean {
    return this.#crop !== undefined
  }

  get square(): Square | undefined {
    return this.#crop?.square
  }

  /** @throws when the browser cannot decode the file, or must not. */
  async open(file: Blob): Promise<void> {
    const picture = await openPicture(file)
    this.close()
    this.#picture = picture
    const crop = new Crop(picture)
    this.#crop = crop
    this.#gesture = new Gesture(crop)
    this.#root.hidden = false
    const previews = [...this.#root.querySelectorAll<HTMLCanvasElement>('[data-preview]')]
    this.#drawing = new Stage(found(this.#root, '[data-canvas]'), previews, picture, crop)
    this.#changed()
    this.#stage.focus()
  }

  close(): void {
    this.#picture?.close()
    this.#picture = undefined
    this.#crop = undefined
    this.#gesture = undefined
    this.#drawing = undefined
    this.#root.hidden = true
  }

  #listenToPointers(): void {
    const stage = this.#stage
    const at = ({ clientX, clientY }: MouseEvent): { x: number; y: number } => {
      const { left, top, width, height } = stage.getBoundingClientRect()
      return { x: clientX - left - width / 2, y: clientY - top - height / 2 }
    }
    stage.addEventListener('pointerdown', (event) => {
      stage.setPointerCapture(event.pointerId)
      this.#gesture?.down(event.pointerId, at(event))
    })
    stage.addEventListener('pointermove', (event) => {
      if (this.#gesture?.move(event.pointerId, at(event))) this.#changed()
    })
    const up = ({ pointerId }: PointerEvent): void => this.#gesture?.up(pointerId)
    stage.addEventListener('pointerup', up)
    stage.addEventListener('pointercancel', up)
    stage.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault()
        const { x, y } = at(event)
        this.#zoomTo((this.#crop?.zoom ?? 1) * ZOOM_STEP ** (event.deltaY < 0 ? 1 : -1), x, y)
      },
      { passive: false },
    )
  }

  #listenToKeys(): void {
    this.#stage.addEventListener('keydown', (event) => {
      const { key, shiftKey, ctrlKey, metaKey, altKey } = event
      if (!this.#crop || ctrlKey || metaKey || altKey) return
      if (!pressKey(this.#crop, key, shiftKey)) return
      event.preventDefault()
      this.#changed()
    })
    this.#zoom.addEventListener('input', () => this.#zoomTo(Number(this.#zoom.value) / 100))
    this.#onPress('[data-zoom-out]', (crop) => crop.zoomTo(crop.zoom / ZOOM_STEP))
    this.#onPress('[data-zoom-in]', (crop) => crop.zoomTo(crop.zoom * ZOOM_STEP))
    this.#onPress('[data-reset]', (crop) => crop.reset())
  }

  #onPress(selector: string, change: (crop: Crop) => void): void {
    found(this.#root, selector).addEventListener('click', () => {
      if (!this.#crop) return
      change(this.#crop)
      this.#changed()
    })
  }

  #zoomTo(zoom: number, x = 0, y = 0): void {
    this.#crop?.zoomTo(zoom, x, y)
    this.#changed()
  }

  #changed(): void {
    const crop = this.#crop
    if (!crop) return
    this.#drawing?.drawSoon()
    this.#zoom.value = String(Math.round(crop.zoom * 100))
    clearTimeout(this.#telling)
    this.#telling = setTimeout(() => this.#tell(crop), QUIET_MS)
  }

  /** For whoever does not see the picture move. */
  #tell(crop: Crop): void {
    const { x, y } = crop.square
    found(this.#root, '[data-crop-state]').textContent = (this.#root.dataset['state'] ?? '')
      .replace('#zoom', percent(crop.zoom))
      .replace('#left', percent(x))
      .replace('#top', percent(y))
  }
}

function percent(part: number): string {
  return String(Math.round(part * 100))
}

function found<Kind extends HTMLElement>(root: HTMLElement, selector: string): Kind {
  const element = root.querySelector<Kind>(selector)
  if (!element) throw new Error(`The cropper has no ${selector}`)
  return element
}
