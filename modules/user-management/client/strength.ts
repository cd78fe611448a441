/** 0 nothing typed, 1 too short, 2 weak, 3 good, 4 strong. */
export type Level = 0 | 1 | 2 | 3 | 4

/**
 * A hint, not a gate: the server decides. Length counts most, variety next, because a phrase of
 * several words is both stronger and easier to remember than a short riddle.
 */
export function strengthOf(password: string, minLength: number): Level {
  const { length } = Array.from(password)
  if (length === 0) return 0
  if (length < minLength) return 1
  const different = new Set(password.toLowerCase()).size
  if (different < 6) return 2
  const words = password.split(/[\s\-_.]+/u).filter((word) => word.length > 2).length
  const points = length + words * 2
  if (points >= 22) return 4
  return points >= 14 ? 3 : 2
}
