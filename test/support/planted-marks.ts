import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files below a folder whose bytes hold a mark, however deep: `path: mark`. */
export function marksIn(dir: string, marks: readonly string[], skip: RegExp = /^$/): string[] {
  return readdirSync(dir, { recursive: true })
    .map(String)
    .filter((path) => !skip.test(path) && statSync(join(dir, path)).isFile())
    .flatMap((path) => {
      const bytes = readFileSync(join(dir, path))
      return marks.filter((mark) => bytes.includes(mark)).map((mark) => `${path}: ${mark}`)
    })
}
