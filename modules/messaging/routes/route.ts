import type { Static, TSchema } from 'typebox'
import { type ModuleRequest, type ModuleResponse, type RouteOptions, Type } from '#core'
import { actorOf, type Room } from '../room.ts'
import { Id } from '../schema.ts'

const closed = { additionalProperties: false } as const

/** Parameters of addresses below a chat. */
export const ChatParams = Type.Object({ chat: Id }, closed)
export const SeqParams = Type.Object(
  { chat: Id, seq: Type.String({ pattern: '^[1-9][0-9]{0,14}$' }) },
  closed,
)

/** Who asks about which chat, and which message of it. */
export interface Asked<Body> {
  readonly userId: string
  /** Of the address; empty where it names none. */
  readonly chat: string
  readonly seq: number
  readonly request: ModuleRequest<Body>
}

/** A route for everybody who is signed in; what it finds is up to who asks. */
export function route<Body extends TSchema = TSchema>(
  { app }: Room,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: Omit<RouteOptions<Body>, 'policy'>,
  answer: (asked: Asked<Static<Body>>) => Promise<ModuleResponse>,
): void {
  app.route<Body>(method, path, { policy: 'member', ...options }, async (request) => {
    const { chat = '', seq = '0' } = request.params
    return answer({ userId: actorOf(request).id, chat, seq: Number(seq), request })
  })
}
