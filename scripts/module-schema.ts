import { writeFileSync } from 'node:fs'
import { manifestJsonSchema } from '../core/module-loader/manifest/manifest.ts'

/** Writes the published schema of `module.json`; a test fails when it differs from the code. */
const target = new URL('../docs/modules/module-1.schema.json', import.meta.url)
writeFileSync(target, manifestJsonSchema())
