import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lineOfPointer } from '../json-position.ts'
import type { Manifest } from './manifest.ts'

/** What cannot be given to code that the station does not ship with, whoever consents to it. */
const FOR_CORE_ALONE: ReadonlySet<string> = new Set(['administration'])

/** Sentences naming each permission that a module of this level cannot have. */
export function corePermissionGaps({ id, level, permissions }: Manifest, dir: string): string[] {
  if (level === 'core') return []
  const file = join(dir, 'module.json')
  return permissions.flatMap((permission, index) => {
    if (!FOR_CORE_ALONE.has(permission)) return []
    const line = lineOfPointer(readFileSync(file, 'utf8'), `/permissions/${index}`)
    return `${file}:${line}: ${id} asks for ${permission}, which only modules of the level core may have. Remove it.`
  })
}
