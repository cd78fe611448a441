import type { Chance } from './chance.ts'
import type { Point } from './sketch.ts'

/** The outline of a spruce of the north: slim, ragged, its boughs hanging. */
export function spruce(foot: Point, height: number, chance: Chance): Point[] {
  const tiers = Math.max(4, Math.min(18, Math.round(height / 6)))
  const halfWidth = height * chance.between(0.12, 0.19)
  const lean = height * chance.between(-0.012, 0.012)
  const left = side(-1)
  const right = side(1).toReversed()
  return [{ x: foot.x + lean, y: foot.y - height }, ...left, ...right]

  function side(direction: -1 | 1): Point[] {
    const points: Point[] = []
    for (let tier = 1; tier <= tiers; tier++) {
      const t = tier / tiers
      const reach = halfWidth * t ** 0.85 * chance.between(0.72, 1.18)
      const y = foot.y - height * (1 - t) * (1 - 0.02 * chance.next())
      const x = foot.x + lean * (1 - t)
      const droop = (height / tiers) * chance.between(0.1, 0.42)
      points.push({ x: x + direction * reach, y: y + droop })
      points.push({ x: x + direction * reach * chance.between(0.42, 0.66), y: y - droop * 0.2 })
    }
    return points
  }
}
