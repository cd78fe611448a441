import type { Clock } from '../../core/app.ts'

/** Time that passes only when told to. */
export class FakeClock implements Clock {
  #now: number

  constructor(start = new Date()) {
    this.#now = start.getTime()
  }

  now(): Date {
    return new Date(this.#now)
  }

  advance({
    seconds = 0,
    minutes = 0,
    hours = 0,
  }: {
    seconds?: number
    minutes?: number
    hours?: number
  }): void {
    this.#now += (seconds + minutes * 60 + hours * 3600) * 1000
  }
}
