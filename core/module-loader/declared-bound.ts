import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lineOfPointer } from '../json-position.ts'
import type { Bindings } from './bindings.ts'
import type { Manifest } from './manifest/manifest.ts'

/** One kind of thing that must stand in the manifest and be bound, or in neither. */
interface Kind {
  readonly pointer: string
  readonly declared: readonly string[]
  readonly bound: readonly { readonly name: string; readonly at: string }[]
  /** The line of code that binds it. */
  code(name: string): string
  /** What to put into `module.json`. */
  json(name: string): string
}

/** Sentences naming each thing declared but not bound, or bound but not declared; none when equal. */
export function declaredAgainstBound(
  manifest: Manifest,
  bindings: Bindings,
  dir: string,
): string[] {
  const file = join(dir, 'module.json')
  const source = readFileSync(file, 'utf8')
  return kinds(manifest, bindings).flatMap((kind) => {
    const bound = new Set(kind.bound.map(({ name }) => name))
    const unbound = kind.declared
      .filter((name) => !bound.has(name))
      .map((name) => {
        const line = lineOfPointer(source, kind.pointer)
        return `${file}:${line}: ${name} is declared but never bound. Add ${kind.code(name)} to register(), or remove it.`
      })
    const undeclared = kind.bound
      .filter(({ name }) => !kind.declared.includes(name))
      .map(
        ({ name, at }) =>
          `${dir}/${at}: ${name} is bound but not declared. Add to ${kind.pointer} of module.json: ${kind.json(name)}`,
      )
    return [...unbound, ...undeclared]
  })
}

function kinds(manifest: Manifest, bindings: Bindings): Kind[] {
  return [
    {
      pointer: '/events/subscribes',
      declared: Object.keys(manifest.events.subscribes),
      bound: bindings.subscriptions.map(({ type, at }) => ({ name: type, at })),
      code: (name) => `app.onEvent('${name}', …)`,
      json: (name) => `"${name}": { "version": 1 }`,
    },
    {
      pointer: '/events/publishes',
      declared: Object.keys(manifest.events.publishes),
      bound: bindings.events.map(({ type, at }) => ({ name: type, at })),
      code: (name) => `app.eventBus.define('${name}', schema)`,
      json: (name) => `"${name}": { "version": 1 }`,
    },
    {
      pointer: '/calls/provides',
      declared: Object.keys(manifest.calls.provides),
      bound: bindings.provides,
      code: (name) => `app.provide('${name}', …)`,
      json: (name) => `"${name}": { "version": 1 }`,
    },
    httpKind('/routes', manifest.routes, bindings.routes),
    httpKind('/pages', manifest.pages, bindings.pages),
    methodKind(manifest, bindings),
    listKind('/slots', manifest.slots, bindings.slots, 'slot'),
    listKind('/collections', manifest.collections, bindings.collections, 'store'),
    {
      pointer: '/jobs',
      declared: (manifest.jobs ?? []).map(({ id, cron }) => `${id} (${cron})`),
      bound: bindings.jobs.map(({ id, cron, at }) => ({ name: `${id} (${cron})`, at })),
      code: (name) => `app.job(${quoted(jobParts(name))}, …)`,
      json: (name) => {
        const [id, cron] = jobParts(name)
        return JSON.stringify({ id, cron })
      },
    },
  ]
}

function httpKind(
  pointer: '/routes' | '/pages',
  declared: Manifest['routes'],
  bound: Bindings['routes'] | Bindings['pages'],
): Kind {
  const verb = pointer === '/routes' ? 'route' : 'page'
  return {
    pointer,
    declared: declared.map(({ method, path, policy }) => `${method} ${path} ${policy}`),
    bound: bound.map(({ method, path, options, at }) => ({
      name: `${method} ${path} ${options.policy}`,
      at,
    })),
    code: (name) => {
      const [method = '', path = '', policy = ''] = name.split(' ')
      const place = verb === 'route' ? [method, path] : [path]
      const options = [
        `policy: '${policy}'`,
        verb === 'page' && method !== 'GET' ? `method: '${method}'` : '…',
      ]
      return `app.${verb}(${quoted(place)}, { ${options.join(', ')} }, …)`
    },
    json: (name) => {
      const [method, path, policy] = name.split(' ')
      return JSON.stringify({ method, path, policy })
    },
  }
}

function methodKind(manifest: Manifest, bindings: Bindings): Kind {
  return {
    pointer: '/methods',
    declared: (manifest.methods ?? []).map(({ name, policy }) => `${name} ${policy}`),
    bound: bindings.methods.map(({ name, options, at }) => ({
      name: `${name} ${options.policy}`,
      at,
    })),
    code: (bound) => {
      const [name = '', policy = ''] = bound.split(' ')
      return `app.method('${name}', { policy: '${policy}', … }, …)`
    },
    json: (bound) => {
      const [name, policy] = bound.split(' ')
      return JSON.stringify({ name, policy })
    },
  }
}

/** A job's name here is `tidy (0 * * * *)`. */
function jobParts(name: string): string[] {
  const at = name.indexOf(' ')
  return [name.slice(0, at), name.slice(at + 2, -1)]
}

function quoted(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ')
}

function listKind(
  pointer: string,
  declared: readonly string[],
  bound: Bindings['slots'],
  verb: string,
): Kind {
  return {
    pointer,
    declared,
    bound,
    code: (name) => `app.${verb}('${name}'${verb === 'slot' ? ', …' : ''})`,
    json: (name) => JSON.stringify(name),
  }
}
