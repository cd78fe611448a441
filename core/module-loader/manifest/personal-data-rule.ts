import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Bindings } from '../bindings.ts'
import type { Manifest } from './manifest.ts'

/**
 * Whoever keeps rows or documents says whether they are about people, and who says yes can hand
 * them over and erase them. It cannot be forgotten: without it the module does not start.
 *
 * @returns one sentence per gap.
 */
export function personalDataGaps(manifest: Manifest, bindings: Bindings, dir: string): string[] {
  const file = join(dir, 'module.json')
  const { personalData } = manifest
  const handlers = { onUserExport: bindings.exports, onUserErase: bindings.erasures }
  if (personalData === undefined && keepsAnything(manifest, dir)) {
    return [
      `${file}: ${manifest.id} keeps data, but does not say whether it is about people. Add "personalData": true or false.`,
    ]
  }
  return Object.entries(handlers).flatMap(([name, [first, second]]) => {
    if (second) return [`${dir}/${second.at}: app.${name} is bound twice. Remove one.`]
    if (personalData === true && !first) {
      return [
        `${file}: personalData is declared, but app.${name} is never bound. Add app.${name}(…) to register().`,
      ]
    }
    if (personalData !== true && first) {
      return [
        `${dir}/${first.at}: app.${name} is bound but not declared. Add "personalData": true to module.json.`,
      ]
    }
    return []
  })
}

function keepsAnything({ level, collections }: Manifest, dir: string): boolean {
  const hasTables = level === 'core' && existsSync(join(dir, 'migrations', 'index.ts'))
  return hasTables || collections.length > 0
}
