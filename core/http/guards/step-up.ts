import type { Actor, ModuleRequest } from '../../port/requests.ts'
import { authErrors } from '../../auth/errors.ts'
import type { StepUp } from '../../auth/sign-in/step-up.ts'
import { CodedError } from '../../errors.ts'
import { fieldsOf, type Proof, proofIn, withoutProof } from './held-form.ts'
import type { DockedRoute, Match, ModuleRouter } from '../routes/module-router.ts'
import type { RequestFacts } from '../requests/request-facts.ts'

/** Where people prove that it is them, if a module offers such a page. */
const VERIFY_PATH = '/auth/verify'

export interface StepUpServices {
  readonly router: ModuleRouter
  readonly stepUp: Pick<StepUp, 'isFresh' | 'prove'>
}

/** What becomes of a request for a dangerous act. */
export type Proving =
  | { readonly kind: 'go-on'; readonly request: ModuleRequest }
  | { readonly kind: 'redirect'; readonly to: string }
  /** The page that asks for the proof, asked with the form it holds. */
  | { readonly kind: 'ask'; readonly match: Match; readonly request: ModuleRequest }

interface Asked {
  readonly request: ModuleRequest
  readonly facts: RequestFacts
  /** What the client takes as an answer. */
  readonly accept: string
}

/**
 * Lets nobody past a route with `stepUp` whose proof is too old. A page leads to where it is given
 * and back. A form is answered with the page that asks, which holds the form's fields: sent again
 * with the proof it goes on, so nothing typed is lost. A file leads to the page above it.
 *
 * @throws QL_AUTH_VERIFY_NEEDED to programs, and while no module has such a page.
 */
export async function proving(
  services: StepUpServices,
  route: DockedRoute,
  asked: Asked,
): Promise<Proving> {
  const { request, facts } = asked
  if (route.options.stepUp !== true) return { kind: 'go-on', request }
  const isForm = route.kind === 'page' && route.method === 'POST'
  const { actor } = request
  if (actor && (await services.stepUp.isFresh(actor.sessionId))) {
    return { kind: 'go-on', request: isForm ? bare(request) : request }
  }
  const match = services.router.find('GET', VERIFY_PATH)
  if (!match || !isShown(route, asked)) throw authErrors.QL_AUTH_VERIFY_NEEDED()
  if (isForm && actor) return formProving(services, match, asked, actor)
  const back = route.kind === 'page' ? facts.url : pageAbove(services.router, facts.path)
  return { kind: 'redirect', to: `${VERIFY_PATH}?return=${encodeURIComponent(back)}` }
}

/** Whether somebody looks at the answer in a browser. */
function isShown({ kind }: DockedRoute, { facts, accept }: Asked): boolean {
  return kind === 'page' || (!facts.isApi && accept.includes('text/html'))
}

/** A form that brings the proof along goes on; one that does not, or a wrong one, is held. */
async function formProving(
  { router, stepUp }: StepUpServices,
  match: Match,
  { request, facts }: Asked,
  actor: Actor,
): Promise<Proving> {
  const proof = proofIn(request.body)
  const problem = proof && (await refusalOf(stepUp, actor, proof, { request, facts }))
  if (proof && !problem) return { kind: 'go-on', request: bare(request) }
  const held = {
    action: facts.url,
    back: pageAbove(router, facts.path),
    fields: fieldsOf(request.body),
    ...(problem ? { problem } : {}),
  }
  const asking = { ...request, method: 'GET', path: VERIFY_PATH, params: {}, query: {}, body: null }
  return { kind: 'ask', match, request: { ...asking, held } }
}

function bare(request: ModuleRequest): ModuleRequest {
  return { ...request, body: withoutProof(request.body) }
}

/** What is wrong with a proof; undefined when it is right. */
async function refusalOf(
  stepUp: StepUpServices['stepUp'],
  actor: Actor,
  proof: Proof,
  { request, facts }: Pick<Asked, 'request' | 'facts'>,
): Promise<CodedError | undefined> {
  try {
    await stepUp.prove(actor, proof, request.client ?? { ip: facts.ip, userAgent: '' })
    return undefined
  } catch (error) {
    if (error instanceof CodedError) return error
    throw error
  }
}

/** The nearest page at or above a path. */
function pageAbove(router: ModuleRouter, path: string): string {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (router.find('GET', at)?.route.kind === 'page') return at
  }
  return '/'
}
