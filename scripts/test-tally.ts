/** What a run of all tests came to: the counts, and everything that did not run with its reason. */
export class TestTally {
  passed = 0
  failed = 0
  skipped = 0
  readonly #notRun = new Map<string, number>()
  readonly #triedAgain: string[] = []
  readonly #seeds = new Set<string>()

  skip(reason: string): void {
    this.skipped += 1
    this.#notRun.set(reason, (this.#notRun.get(reason) ?? 0) + 1)
  }

  /** Something whose tests cannot be counted because it never started. */
  leaveOut(reason: string): void {
    this.#notRun.set(reason, this.#notRun.get(reason) ?? 0)
  }

  /** Failed at first; what a second try came to is counted as everything else. */
  tryAgain(names: readonly string[]): void {
    this.#triedAgain.push(...names)
  }

  /** By which seed the random deeds of a file were drawn. */
  repeatable(seed: string): void {
    this.#seeds.add(seed)
  }

  get isEmpty(): boolean {
    return this.passed + this.failed + this.skipped === 0
  }

  /** The last lines of a run; the counts stand alone on the very last one. */
  summary(): string {
    const reasons = [...this.#notRun].map(([reason, count]) =>
      count > 1 ? `${reason} (${count} skipped)` : reason,
    )
    const counts = `${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`
    return [
      ...under('Drawn at random:', [...this.#seeds]),
      ...under('Tried again:', this.#triedAgain),
      ...under('Not run:', reasons),
      counts,
    ].join('\n')
  }
}

function under(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines.map((line) => `  ${line}`)] : []
}
