/** One value of one hour (`2026-11-29T14`) or day (`2026-11-29`), in UTC. */
export interface FigurePoint {
  readonly name: string
  readonly at: string
  readonly value: number
}

/** What happened on the station, counted by the hour. */
export interface Figures {
  /**
   * Oldest first; hours in which nothing was counted are absent. `event:<type>` counts events,
   * `people` those who were here, `events.behind` the most that waited at a time, `http.requests` and `http.errors` what was answered.
   */
  hours(names: readonly string[], from: Date): Promise<readonly FigurePoint[]>
  /** `people` of whole days. */
  days(names: readonly string[], from: Date): Promise<readonly FigurePoint[]>
}
