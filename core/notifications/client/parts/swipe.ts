/** A finger that wanders less than this may still press or scroll. */
const SLACK_PX = 12
/** From here on, letting go means it. */
const FAR_PX = 72

/** One finger over one line: whether it swipes, and how far. */
export class Swipe {
  readonly #x: number
  readonly #y: number
  #offset: number | undefined
  #isOff = false

  constructor(x: number, y: number) {
    this.#x = x
    this.#y = y
  }

  /** @returns how far the line follows the finger; undefined while it is no swipe. */
  move(x: number, y: number): number | undefined {
    const [dx, dy] = [x - this.#x, y - this.#y]
    if (this.#offset === undefined) {
      if (Math.hypot(dx, dy) > SLACK_PX) this.#isOff ||= Math.abs(dy) >= Math.abs(dx)
      /* A finger that went down first scrolls, whatever it does afterwards. */
      if (this.#isOff || Math.abs(dx) <= SLACK_PX) return undefined
    }
    this.#offset = dx
    return dx
  }

  get isSwipe(): boolean {
    return this.#offset !== undefined
  }

  get isFar(): boolean {
    return Math.abs(this.#offset ?? 0) >= FAR_PX
  }
}
