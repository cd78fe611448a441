export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/** How `after` differs from `before`, line by line (longest common subsequence). */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')]
  const lengths = commonLengths(old, fresh)
  const lines: DiffLine[] = []
  let [left, right] = [0, 0]
  while (left < old.length || right < fresh.length) {
    const [was = '', is = ''] = [old[left], fresh[right]]
    if (left < old.length && right < fresh.length && was === is) {
      lines.push({ kind: 'same', text: is })
      left++
      right++
    } else if (
      right >= fresh.length ||
      at(lengths, left + 1, right) >= at(lengths, left, right + 1)
    ) {
      if (left >= old.length) break
      lines.push({ kind: 'removed', text: was })
      left++
    } else {
      lines.push({ kind: 'added', text: is })
      right++
    }
  }
  return [...lines, ...fresh.slice(right).map((text): DiffLine => ({ kind: 'added', text }))]
}

/** Longer texts are shown as wholly new: the table grows with the square. */
const MAX_LINES = 1_500

function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const rows: number[][] = []
  if (old.length > MAX_LINES || fresh.length > MAX_LINES) return rows
  for (let left = old.length - 1; left >= 0; left--) {
    const row: number[] = []
    for (let right = fresh.length - 1; right >= 0; right--) {
      const isSame = old[left] === fresh[right]
      const both = at(rows, left + 1, right + 1) + 1
      row[right] = isSame ? both : Math.max(at(rows, left + 1, right), row[right + 1] ?? 0)
    }
    rows[left] = row
  }
  return rows
}

function at(rows: readonly (readonly number[])[], left: number, right: number): number {
  return rows[left]?.[right] ?? 0
}
