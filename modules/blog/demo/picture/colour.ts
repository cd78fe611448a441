/** `#rrggbb` */
export type Colour = string

/** The colour at `share` of the way from one to the other: 0 is the first, 1 the second. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const a = channels(from)
  const b = channels(to)
  const mixed = a.map((value, i) => Math.round(value + ((b[i] ?? 0) - value) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}

function channels(colour: Colour): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
