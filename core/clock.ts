import type { Clock } from './app.ts'

export const systemClock: Clock = { now: () => new Date() }
