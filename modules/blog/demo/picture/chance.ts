/** Chance that is the same every time: a picture made twice is the same picture. */
export interface Chance {
  /** 0 ≤ number < 1 */
  next(): number
  between(low: number, high: number): number
  /** A smooth curve of −1 to 1 with a hump about every 1; the same `x` gives the same height. */
  wave(x: number): number
}

/** The generator «mulberry32», seeded with the letters of a name. */
export function chanceOf(name: string): Chance {
  let state = 2166136261
  for (const letter of name) state = Math.imul(state ^ (letter.codePointAt(0) ?? 0), 16777619)
  const phase = (state >>> 0) % 9973
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    return mixed(state)
  }
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    wave: (x) => Math.tanh(1.75 * octaves(x + phase)),
  }
}

function mixed(seed: number): number {
  let t = Math.imul(seed ^ (seed >>> 15), seed | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}

function octaves(x: number): number {
  return 0.62 * smooth(x) + 0.26 * smooth(x * 2.13 + 40) + 0.12 * smooth(x * 4.7 + 90)
}

/** Heights at whole numbers, joined without corners. */
function smooth(x: number): number {
  const left = Math.floor(x)
  const t = x - left
  const ease = t * t * t * (t * (t * 6 - 15) + 10)
  return (1 - ease) * height(left) + ease * height(left + 1)
}

function height(at: number): number {
  return mixed(Math.imul(at, 0x9e3779b1)) * 2 - 1
}
