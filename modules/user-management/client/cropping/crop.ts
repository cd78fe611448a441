/** Radius of the circle on the stage, in CSS pixels. */
export const RADIUS = 112
/** How much closer than the whole picture one may look. */
const MAX_ZOOM = 4

export interface Size {
  readonly width: number
  readonly height: number
}

/** What the station is told: see `Crop` there. Each from 0 to 1. */
export interface Square {
  readonly x: number
  readonly y: number
  readonly size: number
}

/** Where the whole picture lies so that its chosen part fills a circle. */
export interface Placing {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * Which part of a picture is shown in the circle. The circle never leaves the picture: zoom 1 is the
 * whole shorter side, and each move stops at an edge.
 */
export class Crop {
  readonly #picture: Size
  #zoom = 1
  /** The point of the picture in the middle of the circle, in pixels of the picture. */
  #x: number
  #y: number

  constructor(picture: Size) {
    this.#picture = picture
    this.#x = picture.width / 2
    this.#y = picture.height / 2
  }

  get zoom(): number {
    return this.#zoom
  }

  get square(): Square {
    const { width, height } = this.#picture
    const side = this.#side
    return {
      x: (this.#x - side / 2) / width,
      y: (this.#y - side / 2) / height,
      size: 1 / this.#zoom,
    }
  }

  /** Moves the picture under the circle, by pixels of the stage. */
  moveBy(dx: number, dy: number): void {
    this.#x -= dx / this.#scale
    this.#y -= dy / this.#scale
    this.#stayInside()
  }

  /** Zooms so that what lies under a point of the stage, counted from its middle, stays there. */
  zoomTo(zoom: number, atX = 0, atY = 0): void {
    const before = this.#scale
    this.#zoom = Math.min(MAX_ZOOM, Math.max(1, zoom))
    const kept = 1 / before - 1 / this.#scale
    this.#x += atX * kept
    this.#y += atY * kept
    this.#stayInside()
  }

  reset(): void {
    this.#zoom = 1
    this.#x = this.#picture.width / 2
    this.#y = this.#picture.height / 2
  }

  /** For a circle of `radius` around (`middleX`, `middleY`): the stage, and each preview. */
  placing(middleX: number, middleY: number, radius: number): Placing {
    const scale = (2 * radius) / this.#side
    return {
      left: middleX - this.#x * scale,
      top: middleY - this.#y * scale,
      width: this.#picture.width * scale,
      height: this.#picture.height * scale,
    }
  }

  /** Of the chosen square, in pixels of the picture. */
  get #side(): number {
    return Math.min(this.#picture.width, this.#picture.height) / this.#zoom
  }

  /** Pixels of the stage for one of the picture. */
  get #scale(): number {
    return (2 * RADIUS) / this.#side
  }

  #stayInside(): void {
    const half = this.#side / 2
    this.#x = Math.min(this.#picture.width - half, Math.max(half, this.#x))
    this.#y = Math.min(this.#picture.height - half, Math.max(half, this.#y))
  }
}
