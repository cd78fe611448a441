import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire, enableCompileCache, registerHooks } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type * as OxcTransform from 'oxc-transform'

/**
 * Lets Node import `.tsx`: type stripping does not cover JSX, so a load hook compiles it with
 * oxc-transform. Compiled text is kept by content hash under `.cache/tsx`, so that a second start
 * does not even load the compiler. Line numbers survive through a source map beside it, which only
 * debuggers read.
 */
const CACHE_DIR = fileURLToPath(new URL('../../.cache/tsx/', import.meta.url))
const COMPILER = 'oxc-transform@0.151.0;preact;map-apart'
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
    const { code, map } = compile(file, source)
    const named = `${code}\n//# sourceMappingURL=${pathToFileURL(kept).href}.map`
    keep(`${kept}.map`, map)
    keep(kept, named)
    return named
  }
}

function compile(file: string, source: string): { readonly code: string; readonly map: string } {
  const { transformSync } = require('oxc-transform') as typeof OxcTransform
  const result = transformSync(file, source, {
    lang: 'tsx',
    sourcemap: true,
    jsx: { runtime: 'automatic', importSource: 'preact' },
  })
  const [error] = result.errors
  if (error) throw new SyntaxError(error.codeframe ?? error.message)
  return { code: result.code, map: JSON.stringify(result.map) }
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
