/** One measured value, and its ratio to the bare limit measured beside it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** Value divided by that of the limit in the same run. */
  readonly ratio?: number
  /** What was aimed at, in words. */
  readonly goal?: string
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
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

export function line({ name, value, unit, ratio, goal }: Figure): string {
  const shown = value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
  const parts = [name.padEnd(58), `${shown} ${unit}`.padStart(16)]
  if (ratio !== undefined) parts.push(`ratio ${ratio.toFixed(2)}`.padStart(12))
  if (goal !== undefined) parts.push(`  (${goal})`)
  return parts.join('')
}
