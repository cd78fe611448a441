export const CELLS = 6
const STEP_S = 30

/** The digits of what was typed or pasted, at most six. */
export function digitsIn(text: string): string {
  return text.replaceAll(/\D/g, '').slice(0, CELLS)
}

/** What each cell shows, and which one waits for a digit. */
export function cellsOf(digits: string): readonly { text: string; isNext: boolean }[] {
  return Array.from({ length: CELLS }, (_, index) => ({
    text: digits[index] ?? '',
    isNext: index === Math.min(digits.length, CELLS - 1),
  }))
}

/** Until authenticators show the next code. */
export function secondsLeft(nowMs: number): number {
  return STEP_S - (Math.floor(nowMs / 1000) % STEP_S)
}
