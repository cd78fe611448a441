import { Watched } from '../../store/watched.ts'

const MAX_ZOOM = 6
const STEP = 1.5
const SWIPE_PX = 60
const CLOSE_PX = 90

export interface Point {
  readonly x: number
  readonly y: number
}

const MIDDLE: Point = { x: 0, y: 0 }

interface Finger extends Point {
  readonly pointerId: number
}

/** How large a picture is drawn unless it is zoomed, and how large what it is drawn in. */
export interface Sizes {
  readonly picture: Point
  readonly stage: Point
}

/** How large a picture is shown, and where in it one looks: its edge never comes away from that of the window. */
export class Viewing extends Watched {
  readonly #step: (by: 1 | -1) => boolean
  readonly #sizes: () => Sizes | undefined
  #zoom = 1
  #pan: Point = { x: 0, y: 0 }
  #grip: { readonly pointer: Point; readonly pan: Point } | undefined
  /** Where each finger is. */
  readonly #fingers = new Map<number, Point>()
  #pinch: { readonly apart: number; readonly zoom: number } | undefined

  /**
   * @param step goes to another picture. @returns whether there is one.
   * @param sizes undefined until there is a picture.
   */
  constructor(step: (by: 1 | -1) => boolean, sizes: () => Sizes | undefined) {
    super()
    this.#step = step
    this.#sizes = sizes
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

  /** @param around stays where it is: a place as seen from the middle of the stage. */
  zoomTo(zoom: number, around: Point = MIDDLE): void {
    const before = this.#zoom
    this.#zoom = Math.min(MAX_ZOOM, Math.max(1, zoom))
    const by = this.#zoom / before
    const { x, y } = this.#pan
    this.#look({ x: around.x - (around.x - x) * by, y: around.y - (around.y - y) * by })
  }

  larger(by: number = STEP, around?: Point): void {
    this.zoomTo(this.#zoom * by, around)
  }

  smaller(by: number = STEP, around?: Point): void {
    this.zoomTo(this.#zoom / by, around)
  }

  /** Looks elsewhere, as far as the picture reaches. */
  #look({ x, y }: Point): void {
    const { picture, stage } = this.#sizes() ?? { picture: MIDDLE, stage: MIDDLE }
    const [right, down] = [picture.x * this.#zoom - stage.x, picture.y * this.#zoom - stage.y]
    this.#pan = { x: within(x, right / 2), y: within(y, down / 2) }
    this.changed()
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

  /** A finger or the mouse is put down; two fingers pinch. */
  grip(finger: Finger): void {
    this.#fingers.set(finger.pointerId, { x: finger.x, y: finger.y })
    const apart = this.#apart
    this.#pinch = apart === undefined ? undefined : { apart, zoom: this.#zoom }
    this.#grip = this.#pinch ? undefined : { pointer: finger, pan: this.#pan }
  }

  drag({ pointerId, x, y }: Finger): void {
    if (!this.#fingers.has(pointerId)) return
    this.#fingers.set(pointerId, { x, y })
    const apart = this.#apart
    if (this.#pinch && apart !== undefined) {
      this.zoomTo((this.#pinch.zoom * apart) / this.#pinch.apart)
      return
    }
    if (!this.#grip || this.#zoom === 1) return
    const { pointer, pan } = this.#grip
    this.#look({ x: pan.x + x - pointer.x, y: pan.y + y - pointer.y })
  }

  /** @returns true when the picture was pushed away. */
  release({ pointerId, x, y }: Finger): boolean {
    const grip = this.#grip
    this.cancel(pointerId)
    if (!grip || this.#zoom > 1) return false
    const [dx, dy] = [x - grip.pointer.x, y - grip.pointer.y]
    if (Math.abs(dx) > SWIPE_PX) this.go(dx < 0 ? 1 : -1)
    return Math.abs(dx) <= SWIPE_PX && Math.abs(dy) > CLOSE_PX
  }

  /** The browser has taken the finger away. What is left of a pinch is no swipe. */
  cancel(pointerId: number): void {
    this.#fingers.delete(pointerId)
    this.#grip = undefined
    if (this.#fingers.size < 2) this.#pinch = undefined
  }

  /** Between two fingers; undefined with fewer. */
  get #apart(): number | undefined {
    const [a, b] = this.#fingers.values()
    return a && b && Math.max(1, Math.hypot(a.x - b.x, a.y - b.y))
  }
}

function within(value: number, most: number): number {
  return most <= 0 ? 0 : Math.min(most, Math.max(-most, value))
}
