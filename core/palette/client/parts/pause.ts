/**
 * Between the last letter and the question: no hand that types asks more often than this. Searching
 * is limited by what it allows in a minute.
 */
export const PAUSE_MS = 250
