import { Watched } from '../../store/watched.ts'

const MAX_ZOOM = 6
const STEP = 1.5
const SWIPE_PX = 60
const CLOSE_PX = 90

interface Point {
  readonly x: number
  readonly y: number
}

/** How large a picture is shown, and where in it one looks. */
export class Viewing extends Watched {
  readonly #step: (by: 1 | -1) => boolean
  #zoom = 1
  #pan: Point = { x: 0, y: 0 }
  #grip: { readonly pointer: Point; readonly pan: Point } | undefined

  /** @param step goes to another picture. @returns whether there is one. */
  constructor(step: (by: 1 | -1) => boolean) {
    super()
    this.#step = step
  }

  get zoom(): number {
    return this.#zoom
  }

  get pan(): Point {
    return this.#pan
  }

  go(by: 1 | -1): void {
    if (this.#step(by)) this.zoomTo(1)
  }

  zoomTo(zoom: number): void {
    this.#zoom = Math.min(MAX_ZOOM, Math.max(1, zoom))
    if (this.#zoom === 1) this.#pan = { x: 0, y: 0 }
    this.changed()
  }

  larger(by: number = STEP): void {
    this.zoomTo(this.#zoom * by)
  }

  smaller(by: number = STEP): void {
    this.zoomTo(this.#zoom / by)
  }

  /** @returns whether the key means something here. */
  press(key: string): boolean {
    if (key === 'ArrowLeft') this.go(-1)
    else if (key === 'ArrowRight') this.go(1)
    else if (key === '+' || key === '=') this.larger()
    else if (key === '-') this.smaller()
    else return false
    return true
  }

  grip(pointer: Point): void {
    this.#grip = { pointer, pan: this.#pan }
  }

  drag({ x, y }: Point): void {
    if (!this.#grip || this.#zoom === 1) return
    const { pointer, pan } = this.#grip
    this.#pan = { x: pan.x + x - pointer.x, y: pan.y + y - pointer.y }
    this.changed()
  }

  /** @returns true when the picture was pushed away. */
  release({ x, y }: Point): boolean {
    const grip = this.#grip
    this.#grip = undefined
    if (!grip || this.#zoom > 1) return false
    const [dx, dy] = [x - grip.pointer.x, y - grip.pointer.y]
    if (Math.abs(dx) > SWIPE_PX) this.go(dx < 0 ? 1 : -1)
    return Math.abs(dx) <= SWIPE_PX && Math.abs(dy) > CLOSE_PX
  }
}
