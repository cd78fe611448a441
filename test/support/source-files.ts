import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A text file of the project: `path` is relative to its root, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const FOREIGN = new Set([
  'node_modules',
  '.cache',
  '.git',
  'data',
  'reports',
  'test-results',
  'playwright-report',
])

/** Reads what matches the glob patterns below `root`, leaving out caches, data and packages. */
export function sourceFiles(root: string, ...patterns: readonly string[]): SourceFile[] {
  return globSync(patterns, { cwd: root, exclude: (path) => FOREIGN.has(path) })
    .map((path) => path.replaceAll('\\', '/'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
