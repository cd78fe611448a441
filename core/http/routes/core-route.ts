import type {
  Actor,
  ModuleRequest,
  ModuleResponse,
  PageOptions,
  RouteOptions,
} from '../../port/requests.ts'
import { coreErrors } from '../../errors.ts'
import type { PageResult } from '../../views/page.ts'
import type { DockedRoute } from './module-router.ts'

const place = { module: 'core', isCore: true } as const

/** A route the core itself serves; it passes the same gate as every module's. */
export function coreRoute(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: RouteOptions,
  invoke: (request: ModuleRequest) => Promise<ModuleResponse>,
): DockedRoute {
  return { ...place, kind: 'route', method, path, policy: options.policy, options, invoke }
}

/** A page of the core's, or the form of one. */
export function corePage(
  method: 'GET' | 'POST',
  path: string,
  { policy, ...more }: Omit<PageOptions, 'method'>,
  invoke: (request: ModuleRequest) => Promise<PageResult>,
): DockedRoute {
  const options: PageOptions = { policy, method, ...more }
  return { ...place, kind: 'page', method, path, policy, options, invoke }
}

/** Who asks; every policy but `public` has let nobody else through. */
export function actorOf({ actor }: Pick<ModuleRequest, 'actor'>): Actor {
  if (!actor) throw coreErrors.QL_UNAUTHENTICATED()
  return actor
}

/** A field of a sent form; empty when it is none. */
export function formText({ body }: ModuleRequest, name: string): string {
  const value = ((body ?? {}) as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : ''
}
