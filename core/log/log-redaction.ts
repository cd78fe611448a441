import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes every line with one of the words from the log files of a folder. Nobody may write to
 * them meanwhile. @returns how many lines are gone.
 */
export function redactLogs(dir: string, words: readonly string[]): Promise<number> {
  return removeLines(dir, (line) => words.some((word) => line.includes(word)))
}

/** Removes every line from before a moment, under the same condition. @returns how many are gone. */
export function trimLogs(dir: string, before: Date): Promise<number> {
  const oldest = before.toISOString()
  return removeLines(dir, (line) => {
    const [, time] = /"time":"([^"]+)"/.exec(line) ?? []
    return time !== undefined && time < oldest
  })
}

async function removeLines(dir: string, isGone: (line: string) => boolean): Promise<number> {
  const names = await readdir(dir).catch(() => [])
  let removed = 0
  for (const name of names.filter((each) => each.includes('.log'))) {
    const path = join(dir, name)
    const lines = (await readFile(path, 'utf8')).split('\n')
    const kept = lines.filter((line) => !isGone(line))
    if (kept.length === lines.length) continue
    removed += lines.length - kept.length
    await writeFile(`${path}.redacted`, kept.join('\n'), { mode: 0o600 })
    await rename(`${path}.redacted`, path)
  }
  return removed
}
