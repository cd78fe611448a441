import { posix } from 'node:path'
import type { SourceFile } from './source-files.ts'

/**
 * Who may import whom. A file belongs to the area its path begins with; beside its own area it may
 * reach only the areas named here. Areas not named (tests, scripts, benchmarks) are free.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  main: ['config', 'core', 'db'],
  cli: ['config', 'core', 'db'],
  config: [],
  core: ['config', 'db', 'templates'],
  db: ['config'],
  module: ['#core'],
  templates: [],
}

const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])([^'"`\n]+)\1/g
const IS_TEST = /\.test\.tsx?$/

/** What tests may reach besides: the shared test support, for modules also as `#testkit`. */
const FOR_TESTS = 'test'

interface Area {
  readonly kind: string
  /** Two files see each other freely when their rooms are equal. */
  readonly room: string
}

/** The violations of the import rule in these files, each with the reason in its text. */
export function importViolations(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) =>
    [...file.text.matchAll(SPECIFIER)].flatMap(([, , specifier]) => {
      const reason = specifier === undefined ? undefined : violation(file.path, specifier)
      return reason === undefined ? [] : [`${file.path} imports ${specifier}: ${reason}`]
    }),
  )
}

function violation(path: string, specifier: string): string | undefined {
  const from = areaOf(path)
  const allowed = MAY_IMPORT[from.kind]
  if (allowed === undefined) return undefined
  const to = targetOf(path, specifier)
  if (to === undefined || to.room === from.room) return undefined
  if (allowed.includes(to.kind)) return undefined
  if (to.kind === FOR_TESTS && IS_TEST.test(path)) return undefined
  return `${from.kind} may import only ${['its own files', ...allowed].join(', ')}`
}

/** Undefined for Node itself and for packages, which everybody may import. */
function targetOf(path: string, specifier: string): Area | undefined {
  if (specifier === '#core') {
    const isModule = areaOf(path).kind === 'module'
    return isModule ? { kind: '#core', room: '#core' } : { kind: 'core', room: 'core' }
  }
  if (specifier === '#client') return shared(path)
  if (specifier === '#testkit') return { kind: FOR_TESTS, room: FOR_TESTS }
  if (specifier.startsWith('#')) return areaOf(specifier.slice(1))
  if (!specifier.startsWith('.')) return undefined
  return areaOf(posix.join(posix.dirname(path), specifier))
}

/** What runs in a browser may share `core/client`; what runs in the station may not reach it. */
function shared(path: string): Area {
  const isClient = path.includes('/client/')
  return isClient ? areaOf(path) : { kind: '#client', room: '#client' }
}

function areaOf(path: string): Area {
  const [, module] = /^((?:examples\/)?modules\/[^/]+)\//.exec(path) ?? []
  if (module !== undefined) return { kind: 'module', room: module }
  const [first = ''] = path.split('/')
  const kind = first.replace(/\.tsx?$/, '')
  return { kind, room: kind }
}
