/** A point of a drawing, in its own units. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** The least of 1, 2, 5, 10, 20, 50 … that four steps of reach the value. */
export function roundTop(value: number): number {
  const rough = Math.max(value, 4) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10
  return Math.max(1, step * power) * 4
}

/** Values from left to right, the greatest possible at the top. */
export function pointsOf(values: readonly number[], top: number, box: Box): readonly Point[] {
  const step = values.length > 1 ? box.width / (values.length - 1) : 0
  return values.map((value, index) => ({
    x: round(box.left + index * step),
    y: round(box.top + box.height * (1 - Math.min(value, top) / top)),
  }))
}

/**
 * A smooth line through all points that never swings beyond them (Fritsch and Carlson's monotone
 * cubic), so that no value seems to be there that is not.
 */
export function lineThrough(points: readonly Point[]): string {
  const [first] = points
  if (!first) return ''
  const slopes = slopesOf(points)
  let path = `M${first.x} ${first.y}`
  for (const [index, point] of points.entries()) {
    const next = points[index + 1]
    if (!next) break
    const third = (next.x - point.x) / 3
    const one = round(point.y + third * (slopes[index] ?? 0))
    const two = round(next.y - third * (slopes[index + 1] ?? 0))
    path += `C${round(point.x + third)} ${one} ${round(next.x - third)} ${two} ${next.x} ${next.y}`
  }
  return path
}

/** The same, closed along the bottom. */
export function areaUnder(points: readonly Point[], bottom: number): string {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return ''
  return `${lineThrough(points)}L${last.x} ${bottom}L${first.x} ${bottom}Z`
}

/** No length at all: the round end of the stroke makes a dot of it, however the drawing is stretched. */
export function dotAtEnd(points: readonly Point[]): string {
  const last = points.at(-1)
  return last ? `M${last.x} ${last.y}h0` : ''
}

function slopesOf(points: readonly Point[]): readonly number[] {
  const between = points.slice(1).map((point, index) => {
    const { x = 0, y = 0 } = points[index] ?? {}
    return point.x === x ? 0 : (point.y - y) / (point.x - x)
  })
  return points.map((_, index) => {
    const [before, after] = [between[index - 1], between[index]]
    if (before === undefined || after === undefined) return before ?? after ?? 0
    if (before * after <= 0) return 0
    return (2 * before * after) / (before + after)
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
