import type { ApiDocsProps, ApiGroup, ApiOperation } from '../../../templates/index.ts'
import type { Locale, Policy, RouteOptions } from '../../port/requests.ts'
import type { Translate } from '../../i18n/catalogue.ts'
import type { DockedRoute } from './module-router.ts'

interface ObjectSchema {
  readonly properties?: Readonly<
    Record<string, { readonly type?: string; readonly description?: string }>
  >
  readonly required?: readonly string[]
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly schema: object
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable, see docs/errors.md' },
    detail: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
}

/** OpenAPI 3.1 of the JSON routes as they are docked at this moment. */
export function openApi(routes: readonly DockedRoute[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of apiRoutes(routes)) {
    const path = route.path.replaceAll(/:([A-Za-z]+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Quark-Light', version, license: { name: 'MIT' } },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: { Problem: PROBLEM },
    },
  }
}

function operation(route: DockedRoute): Record<string, unknown> {
  const options = route.options as RouteOptions
  const responses = Object.entries(options.responses ?? { 200: {} }).map(([status, schema]) => [
    status,
    { description: status, content: { 'application/json': { schema: plain(schema) } } },
  ])
  const problem = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  }
  return {
    operationId: operationId(route),
    tags: [route.module],
    summary: options.summary,
    parameters: parametersOf(route),
    ...(options.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: plain(options.body) } },
      },
    }),
    ...(route.policy === 'public' ? {} : { security: [{ bearer: [] }] }),
    'x-policy': route.policy,
    ...(options.stepUp ? { 'x-step-up': true } : {}),
    responses: Object.fromEntries([
      ...responses,
      ['default', { description: 'Problem', content: problem }],
    ]),
  }
}

function parametersOf(route: DockedRoute): Parameter[] {
  const options = route.options as RouteOptions
  const described = (options.params ?? {}) as ObjectSchema
  const path = [...route.path.matchAll(/:([A-Za-z]+)/g)].map(([, name = '']): Parameter => ({
    name,
    in: 'path',
    required: true,
    schema: plain(described.properties?.[name] ?? { type: 'string' }),
  }))
  const query = (options.query ?? {}) as ObjectSchema
  const queried = Object.entries(query.properties ?? {}).map(([name, schema]): Parameter => ({
    name,
    in: 'query',
    required: query.required?.includes(name) ?? false,
    schema: plain(schema),
  }))
  return [...path, ...queried]
}

/** The same facts for the browsable page. */
export function apiDocs(
  routes: readonly DockedRoute[],
  speech: { readonly t: Translate; readonly locale: Locale },
  version: string,
): ApiDocsProps {
  const byModule = Map.groupBy(apiRoutes(routes), (route) => route.module)
  const groups = [...byModule].map(([name, list]): ApiGroup => ({
    name,
    operations: list.map((route) => documented(route, speech.t)),
  }))
  return {
    ...speech,
    title: 'API',
    version,
    specHref: '/api/openapi.json',
    groups: groups.toSorted((a, b) => a.name.localeCompare(b.name)),
  }
}

function documented(route: DockedRoute, t: Translate): ApiOperation {
  const options = route.options as RouteOptions
  const proof = options.stepUp ? [t('api.stepUp')] : []
  return {
    id: operationId(route),
    method: route.method as ApiOperation['method'],
    path: route.path,
    summary: options.summary,
    access: [t(`policy.${route.policy satisfies Policy}`), ...proof].join(' · '),
    parameters: parametersOf(route).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      required: parameter.required,
      type: (parameter.schema as { type?: string }).type ?? 'string',
    })),
    body: options.body && payload(options.body),
    responses: Object.entries(options.responses ?? {}).map(([status, schema]) => ({
      status,
      description: '',
      payload: payload(schema),
    })),
  }
}

function payload(schema: object): { contentType: string; schema: string } {
  return { contentType: 'application/json', schema: JSON.stringify(plain(schema), null, 2) }
}

function apiRoutes(routes: readonly DockedRoute[]): DockedRoute[] {
  return routes
    .filter((route) => route.kind === 'route')
    .toSorted((a, b) => a.path.localeCompare(b.path) || a.method.localeCompare(b.method))
}

function operationId(route: DockedRoute): string {
  return `${route.method.toLowerCase()}${route.path.replaceAll(/[^A-Za-z0-9]+/g, '-')}`
}

/** Schemas without the builder's own marks. */
function plain(schema: object): object {
  return JSON.parse(JSON.stringify(schema)) as object
}
