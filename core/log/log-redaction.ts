import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes every line with one of the words from the log files of a folder. Nobody may write to
 * them meanwhile. @returns how many lines are gone.
 */
export async function redactLogs(dir: string, words: readonly string[]): Promise<number> {
  const names = await readdir(dir).catch(() => [])
  let removed = 0
  for (const name of names.filter((each) => each.includes('.log'))) {
    const path = join(dir, name)
    const lines = (await readFile(path, 'utf8')).split('\n')
    const kept = lines.filter((line) => !words.some((word) => line.includes(word)))
    if (kept.length === lines.length) continue
    removed += lines.length - kept.length
    await writeFile(`${path}.redacted`, kept.join('\n'), { mode: 0o600 })
    await rename(`${path}.redacted`, path)
  }
  return removed
}
