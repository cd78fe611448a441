import { existsSync } from 'node:fs'
import { join } from 'node:path'

const MODULES = join(import.meta.dirname, '..', '..', 'modules')

/**
 * Options of a module's test that does something with another module, which its manifest names as
 * required or optional: where the folder of that module is missing, the test is skipped.
 *
 * @example test('a new name is shown', needs('user-management'), async () => { … })
 */
export function needs(module: string): { readonly skip?: string } {
  return existsSync(join(MODULES, module)) ? {} : { skip: `the module ${module} is not here` }
}
