import type { ModuleDb } from '../../port/transaction.ts'
import { systemClock } from '../../clock.ts'
import { corePermissionGaps } from './core-permissions.ts'
import { declaredAgainstBound } from '../declared-bound.ts'
import { startInProcess } from '../in-process.ts'
import type { Manifest } from './manifest.ts'
import { personalDataGaps } from './personal-data-rule.ts'
import { ManifestError, readManifest } from './read-manifest.ts'

/**
 * Reads the manifest and runs `register` against a host that answers nothing, then compares the
 * two. Nothing is stored and nobody is told.
 *
 * @returns one sentence per problem, with file and line; none when the module is in order.
 */
export async function checkModule(dir: string): Promise<string[]> {
  let manifest: Manifest
  try {
    manifest = readManifest(dir)
  } catch (error) {
    if (error instanceof ManifestError) return [error.message]
    throw error
  }
  const facts = {
    id: manifest.id,
    settings: () => ({}),
    signal: new AbortController().signal,
    clock: systemClock,
    station: { name: '', origin: '' },
    folder: dir,
  }
  try {
    const port = await startInProcess(manifest, facts, async () => null, {
      db: unavailable,
      translator: () => (key) => key,
    })
    return [
      ...corePermissionGaps(manifest, dir),
      ...declaredAgainstBound(manifest, port.bindings, dir),
      ...personalDataGaps(manifest, port.bindings, dir),
    ]
  } catch (error) {
    return [`${dir}/${manifest.entry}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function refuse(): never {
  throw new Error('register() may bind, but not read or write')
}

/** `register` may hold on to its tables; using them while only being checked is a mistake. */
function unavailable<Tables>(): ModuleDb<Tables> {
  return {
    get reader() {
      return refuse()
    },
    transaction: refuse,
  }
}
