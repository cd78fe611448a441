'use strict'

/**
 * Stands before the first line of TypeScript (`node --require ./scripts/light.cjs main.ts`). Node
 * takes types away with a compiler of 15 MiB, which it loads only for what is not in its cache; the
 * cache must be on before `main.ts` itself is read. Without this file all works as well.
 */
const { enableCompileCache } = require('module')
const path = require('path')

enableCompileCache(path.join(__dirname, '..', '.cache', 'v8'))
