import type { VNode } from 'preact'
import { areaUnder, dotAtEnd, lineThrough, pointsOf } from '../overview/chart.ts'

/** The last point keeps its dot within the card. */
const BOX = { left: 0, top: 6, width: 194, height: 36 }
const BOTTOM = 48
/** More cannot be told apart in so little room. */
const MAX_POINTS = 28

/** The shape of a series without its numbers, which stand above it. */
export function Sparkline({ values }: { readonly values: readonly number[] }): VNode {
  const points = pointsOf(gathered(values), Math.max(1, ...gathered(values)), BOX)
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 200 ${BOTTOM}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path class="chart-area" d={areaUnder(points, BOTTOM)} />
      <path class="chart-line" d={lineThrough(points)} />
      <path class="chart-dot" d={dotAtEnd(points)} />
    </svg>
  )
}

/** Neighbours together, so that no more than {@link MAX_POINTS} stay. */
function gathered(values: readonly number[]): readonly number[] {
  const size = Math.ceil(values.length / MAX_POINTS)
  if (size <= 1) return values
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size).reduce((sum, value) => sum + value, 0),
  )
}
