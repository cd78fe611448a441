import type { Colour } from './colour.ts'

export interface Stop {
  /** 0 at the beginning, 1 at the end. */
  readonly at: number
  readonly colour: Colour
  /** 0–1, 1 when absent. */
  readonly opacity?: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A picture being drawn: shapes in order, and the paints they refer to. */
export class Sketch {
  readonly width: number
  readonly height: number
  readonly #defs: string[] = []
  readonly #shapes: string[] = []

  constructor(width: number, height: number) {
    this.width = width
    this.height = height
  }

  add(...shapes: readonly string[]): void {
    this.#shapes.push(...shapes)
  }

  /** A paint from top (`from`) to bottom (`to`), both in pixels of the picture. */
  downward(stops: readonly Stop[], from = 0, to = this.height): string {
    const id = `p${this.#defs.length}`
    this.#defs.push(
      `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="0" y1="${px(from)}" x2="0" y2="${px(to)}">${stopTags(stops)}</linearGradient>`,
    )
    return `url(#${id})`
  }

  /** A round paint; `squeeze` below 1 makes it lower than wide. */
  round(centre: Point, radius: number, stops: readonly Stop[], squeeze = 1): string {
    const id = `p${this.#defs.length}`
    const { x, y } = centre
    const shape =
      squeeze === 1
        ? ''
        : ` gradientTransform="translate(0 ${px(y * (1 - squeeze))}) scale(1 ${squeeze})"`
    this.#defs.push(
      `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${px(x)}" cy="${px(y)}" r="${px(radius)}"${shape}>${stopTags(stops)}</radialGradient>`,
    )
    return `url(#${id})`
  }

  /**
   * Shapes drawn through this are soft by so many pixels. Only what lies between `top` and `bottom`
   * is drawn: a narrow band is much faster than the whole picture.
   */
  blur([x, y]: readonly [x: number, y: number], top = 0, bottom = this.height): string {
    const id = `p${this.#defs.length}`
    const box = `filterUnits="userSpaceOnUse" x="0" y="${px(top)}" width="${this.width}" height="${px(bottom - top)}"`
    // Blending in plain sRGB keeps the colours of silhouettes as they are named.
    this.#defs.push(
      `<filter id="${id}" ${box} color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${px(x)} ${px(y)}"/></filter>`,
    )
    return `url(#${id})`
  }

  /** A rectangle over the whole width. */
  sheet(paint: string, top = 0, bottom = this.height): string {
    return `<rect x="0" y="${px(top)}" width="${this.width}" height="${px(bottom - top)}" fill="${paint}"/>`
  }

  svg(): string {
    const { width, height } = this
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
      `<defs>${this.#defs.join('')}</defs>${this.#shapes.join('')}</svg>`
    )
  }
}

export function group(
  shapes: string,
  attributes: Readonly<Record<string, string | number>>,
): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`)
  return `<g${written.join('')}>${shapes}</g>`
}

export function ellipse(at: Point, rx: number, ry: number, paint: string, opacity = 1): string {
  const see = opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(3)}"`
  return `<ellipse cx="${px(at.x)}" cy="${px(at.y)}" rx="${px(rx)}" ry="${px(ry)}" fill="${paint}"${see}/>`
}

export function area(points: readonly Point[], paint: string, opacity = 1): string {
  const see = opacity === 1 ? '' : ` fill-opacity="${opacity.toFixed(3)}"`
  return `<path d="M${outline(points)}Z" fill="${paint}"${see}/>`
}

export function outline(points: readonly Point[]): string {
  return points.map(({ x, y }) => `${px(x)} ${px(y)}`).join('L')
}

export function px(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function stopTags(stops: readonly Stop[]): string {
  return stops
    .map(({ at, colour, opacity }) => {
      const see = opacity === undefined ? '' : ` stop-opacity="${opacity}"`
      return `<stop offset="${at}" stop-color="${colour}"${see}/>`
    })
    .join('')
}
