/** One measured value, and its ratio to the bare limit measured beside it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Value divided by that of the limit in the same run. */
  readonly ratio?: number
  /** The least and the most of several rounds: of the ratio where there is one, else of the value. */
  readonly spread?: readonly [least: number, most: number]
  /** What was aimed at, in words. */
  readonly goal?: string
  /** Why there is no value. */
  readonly notRun?: string
}

/** The figures of one part of a benchmark; where it cannot run, the reason instead. */
export async function measured(name: string, measure: () => Promise<Figure[]>): Promise<Figure[]> {
  try {
    return await measure()
  } catch (error) {
    return [notRun(name, error instanceof Error ? error.message : String(error))]
  }
}

export function notRun(name: string, why: string): Figure {
  return { name, value: Number.NaN, unit: '', notRun: why }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** @param part 0.99 for what all but one in a hundred stay below. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

/** Runs each subject in turn, several times, so that a busy moment hits all alike. */
export async function allTurns<Name extends string, Result>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<Result>>>,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(subjects) as Name[]
  const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Result[]
  >
  for (let round = 0; round < rounds; round++) {
    for (const name of names) found[name].push(await subjects[name]())
  }
  return found
}

/** The medians of {@link allTurns} over plain numbers. */
export async function inTurns<Name extends string>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const found = await allTurns(rounds, subjects)
  const medians = Object.entries<number[]>(found).map(([name, values]) => [name, median(values)])
  return Object.fromEntries(medians) as Record<Name, number>
}

type Named = Omit<Figure, 'value' | 'ratio' | 'spread'>

/** The median of several rounds, which is what its goal is about. */
export function ofRounds(rounds: readonly number[], named: Named): Figure {
  return { ...named, value: median(rounds), spread: spreadOf(rounds) }
}

/** The same of two that took turns: each round has a ratio of its own, so a busy moment hits both parts of it. */
export function ofPairs(
  rounds: readonly number[],
  ratios: readonly number[],
  named: Named,
): Figure {
  return { ...named, value: median(rounds), ratio: median(ratios), spread: spreadOf(ratios) }
}

/** Round by round. */
export function pairwise(
  a: readonly number[],
  b: readonly number[],
  work: (a: number, b: number) => number,
): number[] {
  return a.map((value, round) => work(value, b[round] ?? Number.NaN))
}

function spreadOf(rounds: readonly number[]): readonly [number, number] {
  return [Math.min(...rounds), Math.max(...rounds)]
}

export function line({ name, value, unit, ratio, spread, goal, notRun: why }: Figure): string {
  if (why !== undefined) return `${name.padEnd(58)}  not run: ${why}`
  const parts = [name.padEnd(58), `${shown(value)} ${unit}`.padStart(16)]
  if (ratio !== undefined) parts.push(`ratio ${ratio.toFixed(2)}`.padStart(12))
  if (spread !== undefined) parts.push(`  ${spread.map(shown).join(' … ')}`)
  if (goal !== undefined) parts.push(`  (${goal})`)
  return parts.join('')
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
