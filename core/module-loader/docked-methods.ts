import type { MethodRequest } from '../realtime/method.ts'
import { METHOD_PREFIX } from '../realtime/method.ts'
import type { ModuleRequest, ModuleResponse } from '../port/requests.ts'
import type { DockedRoute } from '../http/routes/module-router.ts'
import type { Bindings } from './bindings.ts'

type Answer = (request: MethodRequest) => Promise<unknown>

/** A method is a POST route that sockets may ask as well. */
export function methodRoute(
  module: string,
  { name, options }: Pick<Bindings['methods'][number], 'name' | 'options'>,
  answer: Answer,
): DockedRoute {
  const { policy, summary, input, output, limit } = options
  return {
    module,
    kind: 'route',
    method: 'POST',
    path: `${METHOD_PREFIX}${name}`,
    policy,
    options: { policy, summary, body: input, responses: { 200: output }, ...(limit && { limit }) },
    isCore: false,
    isMethod: true,
    invoke: async ({ body, actor, locale, requestId }: ModuleRequest): Promise<ModuleResponse> => ({
      body: await answer({ input: body, actor, locale, requestId }),
    }),
  }
}
