import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lineOfPointer } from '../../json-position.ts'
import type { Manifest } from './manifest.ts'

/** What cannot be given to code that the station does not ship with, whoever consents to it. */
const FOR_CORE_ALONE: ReadonlySet<string> = new Set(['administration'])

/** Sentences naming each permission, and each family of calls, that no module of this level can have. */
export function corePermissionGaps(
  { id, level, permissions, calls }: Manifest,
  dir: string,
): string[] {
  if (level === 'core') return []
  const file = join(dir, 'module.json')
  const families = Object.keys(calls.uses).filter((name) => name.endsWith('.*'))
  const wide = families.map((name) => {
    const line = lineOfPointer(readFileSync(file, 'utf8'), `/calls/uses/${name}`)
    return `${file}:${line}: ${id} uses ${name}, which only modules of the level core may do. Name each call.`
  })
  return permissions
    .flatMap((permission, index) => {
      if (!FOR_CORE_ALONE.has(permission)) return []
      const line = lineOfPointer(readFileSync(file, 'utf8'), `/permissions/${index}`)
      return `${file}:${line}: ${id} asks for ${permission}, which only modules of the level core may have. Remove it.`
    })
    .concat(wide)
}
