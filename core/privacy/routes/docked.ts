import type {
  Actor,
  ModuleRequest,
  ModuleResponse,
  PageOptions,
  Policy,
  RouteOptions,
} from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import type { DockedRoute } from '../../http/module-router.ts'
import type { PageResult } from '../../views/page.ts'

const place = { module: 'core', isCore: true } as const

/** A route of the API; for members, where nothing else is said. */
export function api(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { policy = 'member', ...options }: Omit<RouteOptions, 'policy'> & { readonly policy?: Policy },
  invoke: (request: ModuleRequest) => Promise<ModuleResponse>,
): DockedRoute {
  const route = { ...place, kind: 'route', method, path, policy, invoke } as const
  return { ...route, options: { policy, ...options } }
}

/** A page, or the form of one. */
export function page(
  method: 'GET' | 'POST',
  path: string,
  { policy, limit, stepUp }: Pick<PageOptions, 'policy' | 'limit' | 'stepUp'>,
  invoke: (request: ModuleRequest) => Promise<PageResult>,
): DockedRoute {
  const options: PageOptions = {
    policy,
    method,
    ...(limit ? { limit } : {}),
    ...(stepUp ? { stepUp } : {}),
  }
  return { ...place, kind: 'page', method, path, policy, options, invoke }
}

/** Every policy but `public` has let nobody else through. */
export function actorOf({ actor }: ModuleRequest): Actor {
  if (!actor) throw coreErrors.QL_UNAUTHENTICATED()
  return actor
}

/** A field of a sent form; empty when it is none. */
export function formText({ body }: ModuleRequest, name: string): string {
  const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : ''
}
