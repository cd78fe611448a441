import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'data')

/** A file of test data kept beside the project, and why a test that needs it is skipped. */
export interface SharedData {
  readonly path: string
  /** Options of a test that reads it. */
  readonly needed: { readonly skip?: string }
}

export function sharedData(name: string): SharedData {
  const path = join(FOLDER, name)
  if (existsSync(path)) return { path, needed: {} }
  return { path, needed: { skip: `${basename(name)} is not in ../shared/data` } }
}
