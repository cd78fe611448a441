import satisfies from 'semver/functions/satisfies.js'
import type { Manifest } from './manifest.ts'

export interface Resolution {
  /** Dependencies before those who need them. */
  readonly order: readonly Manifest[]
  /** Module id → why it cannot run. */
  readonly refused: ReadonlyMap<string, string>
}

/**
 * Puts modules in starting order. Members of a cycle, and whoever needs something absent, too old
 * or itself refused, are refused with the reason; the others go on.
 */
export function resolveDependencies(manifests: readonly Manifest[]): Resolution {
  const known = new Map(manifests.map((manifest) => [manifest.id, manifest]))
  const refused = new Map<string, string>()
  for (const manifest of manifests) refuseInCycle(manifest, known, refused)
  const order: Manifest[] = []
  const visited = new Set<string>()
  const visit = (manifest: Manifest): void => {
    if (visited.has(manifest.id)) return
    visited.add(manifest.id)
    for (const id of neededBy(manifest, known)) {
      const needed = known.get(id)
      if (needed && !refused.has(manifest.id)) visit(needed)
    }
    const reason = refused.get(manifest.id) ?? unmet(manifest, known, refused)
    if (reason === undefined) order.push(manifest)
    else refused.set(manifest.id, reason)
  }
  for (const manifest of manifests) visit(manifest)
  return { order, refused }
}

/** An optional neighbour is started first as well, unless that would close a circle. */
function neededBy(manifest: Manifest, known: ReadonlyMap<string, Manifest>): string[] {
  const optional = Object.keys(manifest.requires.optional).filter((id) => {
    const other = known.get(id)
    return other !== undefined && !reaches(other, manifest.id, known)
  })
  return [...Object.keys(manifest.requires.modules), ...optional]
}

function reaches(from: Manifest, target: string, known: ReadonlyMap<string, Manifest>): boolean {
  const seen = new Set<string>()
  const stack = [from.id]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === target) return true
    if (seen.has(id)) continue
    seen.add(id)
    const { modules = {}, optional = {} } = known.get(id)?.requires ?? {}
    stack.push(...Object.keys(modules), ...Object.keys(optional))
  }
  return false
}

function refuseInCycle(
  start: Manifest,
  known: ReadonlyMap<string, Manifest>,
  refused: Map<string, string>,
): void {
  const path: string[] = []
  const walk = (id: string): boolean => {
    if (path.includes(id)) return id === start.id
    path.push(id)
    const needs = Object.keys(known.get(id)?.requires.modules ?? {})
    if (needs.some((next) => known.has(next) && walk(next))) return true
    path.pop()
    return false
  }
  if (walk(start.id)) {
    refused.set(
      start.id,
      `Depends on itself: ${[...path, start.id].join(' → ')}. Remove one of these requirements.`,
    )
  }
}

function unmet(
  manifest: Manifest,
  known: ReadonlyMap<string, Manifest>,
  refused: ReadonlyMap<string, string>,
): string | undefined {
  for (const [id, range] of Object.entries(manifest.requires.modules)) {
    const other = known.get(id)
    if (!other) return `Requires the module ${id} ${range}, which is not here. Install it.`
    if (!satisfies(other.version, range)) {
      return `Requires ${id} ${range}, but ${other.version} is here. Update one of them.`
    }
    if (refused.has(id)) return `Requires ${id}, which cannot run: ${refused.get(id)}`
  }
  return undefined
}
