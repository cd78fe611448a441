import findMyWay from 'find-my-way'
import type { ModuleRequest, PageOptions, Policy, RouteOptions } from '../../port/requests.ts'

/** One route or page of a docked module. */
export interface DockedRoute {
  readonly module: string
  readonly kind: 'route' | 'page'
  readonly method: string
  /** As served, e.g. `/api/v1/posts/:id`. */
  readonly path: string
  readonly policy: Policy
  readonly options: RouteOptions | PageOptions
  /** May set cookies, see the client's address and hand over HTML. */
  readonly isCore: boolean
  /** May be asked over a socket as well. */
  readonly isMethod?: true
  invoke(request: ModuleRequest): Promise<unknown>
}

export interface Match {
  readonly route: DockedRoute
  readonly params: Readonly<Record<string, string>>
}

type Router = findMyWay.Instance<findMyWay.HTTPVersion.V1>

/** Where a stranger is shown the way in, if a module offers one. */
export const LOGIN_PATH = '/auth/login'

const MAX_PARAM_LENGTH = 500

/**
 * Routes of all docked modules. Fastify takes no routes after it listens, so the core owns the
 * wildcard and asks here. A change builds a new router aside and swaps it by one assignment:
 * a request sees the old map or the new one, never half of either.
 */
export class ModuleRouter {
  readonly #byModule = new Map<string, readonly DockedRoute[]>()
  #router: Router = emptyRouter()

  get routes(): readonly DockedRoute[] {
    return [...this.#byModule.values()].flat()
  }

  /** Replaces the routes of one module. @throws when a path is already another's. */
  set(module: string, routes: readonly DockedRoute[]): void {
    const next = new Map(this.#byModule).set(module, routes)
    this.#router = routerOf([...next.values()].flat())
    this.#byModule.set(module, routes)
  }

  remove(module: string): void {
    this.#byModule.delete(module)
    this.#router = routerOf(this.routes)
  }

  /** HEAD is answered by the GET route. A path that is not valid percent-encoding matches nothing. */
  find(method: string, path: string): Match | null {
    const verb = (method === 'HEAD' ? 'GET' : method) as findMyWay.HTTPMethod
    try {
      const found = this.#router.find(verb, path)
      if (!found) return null
      const route = found.store as DockedRoute
      return { route, params: found.params as Record<string, string> }
    } catch {
      return null
    }
  }
}

function emptyRouter(): Router {
  return findMyWay({ maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true })
}

function routerOf(routes: readonly DockedRoute[]): Router {
  const router = emptyRouter()
  for (const route of routes) {
    if (route.policy === undefined) {
      throw new Error(`${route.module}: ${route.method} ${route.path} has no policy`)
    }
    router.on(route.method as findMyWay.HTTPMethod, route.path, () => undefined, route)
  }
  return router
}

/** Where a module's own path is served: `/api/v1/…` as it stands, the rest below its name. */
export function servedPath(module: string, kind: DockedRoute['kind'], path: string): string {
  if (kind === 'page') return path
  return path.startsWith('/api/v1/') ? path : `/api/v1/${module}${path}`
}
