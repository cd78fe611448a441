export type SeqRange = readonly [from: number, to: number]

/** Which numbers of a chat are known: stretches that neither overlap nor touch, ascending. */
export class SeqRanges {
  #ranges: SeqRange[]

  constructor(ranges: readonly SeqRange[] = []) {
    this.#ranges = [...ranges]
  }

  get list(): readonly SeqRange[] {
    return this.#ranges
  }

  add(from: number, to: number): void {
    if (to < from) return
    let [low, high] = [from, to]
    const apart: SeqRange[] = []
    for (const range of this.#ranges) {
      if (range[1] < from - 1 || range[0] > to + 1) apart.push(range)
      else [low, high] = [Math.min(low, range[0]), Math.max(high, range[1])]
    }
    this.#ranges = [...apart, [low, high] as const].toSorted((a, b) => a[0] - b[0])
  }

  clear(): void {
    this.#ranges = []
  }

  /** The stretch that a number lies in. */
  around(seq: number): SeqRange | undefined {
    return this.#ranges.find(([from, to]) => from <= seq && seq <= to)
  }

  covers(from: number, to: number): boolean {
    const range = this.around(from)
    return to < from || (range !== undefined && range[1] >= to)
  }
}
