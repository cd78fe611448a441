import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as OxcTransform from 'oxc-transform'

/**
 * Lets Node import `.tsx`: type stripping does not cover JSX, so a load hook compiles it with
 * oxc-transform. Compiled text is kept by content hash under `.cache/tsx`, so that a second start
 * does not even load the compiler. Line numbers survive through an inline source map.
 */
const CACHE_DIR = fileURLToPath(new URL('../../.cache/tsx/', import.meta.url))
const COMPILER = 'oxc-transform@0.151.0;preact'
const require = createRequire(import.meta.url)

enableCompileCache(fileURLToPath(new URL('../../.cache/v8/', import.meta.url)))

registerHooks({
  load(url, context, nextLoad) {
    const [path] = url.split('?')
    if (!path?.endsWith('.tsx')) return nextLoad(url, context)
    return { format: 'module', shortCircuit: true, source: compiled(fileURLToPath(path)) }
  },
})

function compiled(file: string): string {
  const source = readFileSync(file, 'utf8')
  const key = createHash('sha256').update(COMPILER).update(file).update(source).digest('hex')
  const kept = join(CACHE_DIR, `${key.slice(0, 32)}.js`)
  try {
    return readFileSync(kept, 'utf8')
  } catch {
    const code = compile(file, source)
    keep(kept, code)
    return code
  }
}

function compile(file: string, source: string): string {
  const { transformSync } = require('oxc-transform') as typeof OxcTransform
  const result = transformSync(file, source, {
    lang: 'tsx',
    sourcemap: true,
    jsx: { runtime: 'automatic', importSource: 'preact' },
  })
  const [error] = result.errors
  if (error) throw new SyntaxError(error.codeframe ?? error.message)
  const map = Buffer.from(JSON.stringify(result.map)).toString('base64')
  return `${result.code}\n//# sourceMappingURL=data:application/json;base64,${map}`
}

/** A read-only checkout or a full disk only costs the cache, never the start. */
function keep(path: string, code: string): void {
  try {
    mkdirSync(CACHE_DIR, { recursive: true })
    const staged = `${path}.${process.pid}`
    writeFileSync(staged, code)
    renameSync(staged, path)
  } catch {
    return
  }
}
