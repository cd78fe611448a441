import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'

const MODULE_FILES = ['README.md', 'module.json', 'index.ts']

/** Names without a noun: what lies behind them has no owner. */
const GRAB_BAG = /^(?:types|common)$|(?:^|-)(?:utils?|helpers?|misc|managers?)$/

/** The paths whose file or folder name is a grab bag. */
export function grabBags(paths: readonly string[]): string[] {
  return paths.filter((path) =>
    path
      .split('/')
      .map((part) => part.replace(/(?:\.(?:test|spec|d))?\.[cm]?[jt]sx?$/, ''))
      .some((name) => GRAB_BAG.test(name)),
  )
}

export function moduleFolders(root: string): string[] {
  return globSync(['modules/*/', 'examples/modules/*/'], { cwd: root })
    .map((path) => path.replaceAll('\\', '/').replace(/\/$/, ''))
    .filter((path) => !basename(path).startsWith('.'))
    .toSorted()
}

/** What the module folder lacks to be whole, as sentences. */
export function moduleGaps(root: string, module: string): string[] {
  const lacking = MODULE_FILES.filter((file) => !existsSync(join(root, module, file)))
  const tests = globSync('**/*.test.{ts,tsx}', { cwd: join(root, module) })
  return [...lacking, ...(tests.length === 0 ? ['a test'] : [])].map(
    (what) => `${module} has no ${what === 'a test' ? 'test' : what}`,
  )
}
