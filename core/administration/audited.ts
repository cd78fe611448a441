import type { Json } from '../port/events.ts'
import type { Actor } from '../port/requests.ts'
import type { Audit } from '../audit/index.ts'
import { CodedError } from '../errors.ts'

/** What somebody asks for, as the audit log names it. */
export interface Attempt {
  readonly actor: Actor
  readonly action: string
  readonly subject: string
  readonly after?: Json
}

/** Runs an act that writes its own row when it is done; a refusal gets its row here. */
export async function refusalsNoted<Result>(
  audit: Audit,
  { actor, action, subject, after }: Attempt,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof CodedError) {
      const tried = { code: error.code, ...(after === undefined ? {} : { tried: after }) }
      const by = { actorId: actor.id, sessionId: actor.sessionId }
      await audit.record({ action, subject, outcome: 'refused', ...by, after: tried })
    }
    throw error
  }
}
