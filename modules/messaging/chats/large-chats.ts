/**
 * With more members nobody gets a line of their own in their update log: what happens is told once
 * for all, and counted by who reads it. A chat stays large when people leave.
 */
export const MOST_OF_A_SMALL_CHAT = 100
