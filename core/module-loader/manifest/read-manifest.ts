import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import { lineOfPointer } from '../../json-position.ts'
import { problemsOf } from '../../schema.ts'
import { API_VERSION, type Manifest, ManifestSchema } from './manifest.ts'

/** A manifest that cannot be used: where, why, and what to do about it. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError'
  readonly reason: string

  constructor(file: string, line: number | null, reason: string) {
    super(line === null ? `${file}: ${reason}` : `${file}:${line}: ${reason}`)
    this.reason = reason
  }
}

/** Reads and checks `<dir>/module.json`. @throws ManifestError with file, line and remedy. */
export function readManifest(dir: string): Manifest {
  const file = join(dir, 'module.json')
  const source = readSource(file)
  const parsed = parse(file, source)
  const [problem] = problemsOf(ManifestSchema, parsed)
  if (problem) {
    const line = lineOfPointer(source, problem.path)
    throw new ManifestError(
      file,
      line,
      `${problem.path || 'The manifest'}: ${problem.en} ${remedy(problem)}`,
    )
  }
  const manifest = parsed as Manifest
  const at = (pointer: string, reason: string): ManifestError =>
    new ManifestError(file, lineOfPointer(source, pointer), reason)
  if (manifest.id !== basename(dir)) {
    throw at(
      '/id',
      `The id is ${manifest.id}, but the folder is ${basename(dir)}. Rename one of them.`,
    )
  }
  if (!satisfies(API_VERSION, manifest.api)) {
    throw at(
      '/api',
      `Needs the contract ${manifest.api}, this station serves ${API_VERSION}. Update the module or the station.`,
    )
  }
  for (const kind of ['modules', 'optional'] as const) {
    for (const [id, range] of Object.entries(manifest.requires[kind])) {
      if (validRange(range) === null) {
        throw at(
          `/requires/${kind}/${id}`,
          `${range} is not a semver range. Write for example "^1.0".`,
        )
      }
    }
  }
  return manifest
}

function readSource(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new ManifestError(
      file,
      null,
      'There is no module.json. Create it, or move the folder away.',
    )
  }
}

function parse(file: string, source: string): unknown {
  try {
    return JSON.parse(source)
  } catch (error) {
    const position = Number(/position (\d+)/.exec(String(error))?.[1] ?? Number.NaN)
    const line = Number.isNaN(position) ? null : source.slice(0, position).split('\n').length
    throw new ManifestError(
      file,
      line,
      `Not valid JSON (${String(error)}). Check commas and quotes.`,
    )
  }
}

function remedy({ path, code }: { path: string; code: string }): string {
  const name = path.split('/').at(-1) ?? ''
  if (code === 'additionalProperties') return `Remove "${name}", or check its spelling.`
  if (code === 'required') return `Add "${name}".`
  return 'See docs/modules/module-1.schema.json.'
}
