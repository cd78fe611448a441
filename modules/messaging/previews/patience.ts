/** How long the station waits for other people's servers on one person's behalf. */
const MS_PER_PERSON = 30_000
const WINDOW_MS = 600_000
const MAX_PEOPLE = 5_000

interface Spent {
  readonly untilMs: number
  readonly ms: number
}

/**
 * Slow servers make those wait whose links come later, so nobody may have the station wait for
 * long. Kept in memory: after a restart everybody begins anew.
 */
export class Patience {
  readonly #spent = new Map<string, Spent>()

  isOver(userId: string, nowMs: number): boolean {
    const spent = this.#spent.get(userId)
    return spent !== undefined && spent.untilMs > nowMs && spent.ms >= MS_PER_PERSON
  }

  spend(userId: string, ms: number, nowMs: number): void {
    const before = this.#spent.get(userId)
    const isOn = before !== undefined && before.untilMs > nowMs
    const [oldest] = this.#spent.keys()
    if (!before && this.#spent.size >= MAX_PEOPLE && oldest !== undefined)
      this.#spent.delete(oldest)
    this.#spent.set(userId, {
      untilMs: isOn ? before.untilMs : nowMs + WINDOW_MS,
      ms: (isOn ? before.ms : 0) + ms,
    })
  }
}
