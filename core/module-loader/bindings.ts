import type { SubscribeOptions } from '../port/events.ts'
import type { PageOptions, RouteOptions } from '../port/requests.ts'
import type { Audience } from '../calls/calls.ts'
import type { MethodOptions } from '../realtime/method.ts'

/** Where in the module's code a binding stands, e.g. `index.ts:12`. */
export interface Place {
  readonly at: string
}

/** What `register(app)` bound, as plain JSON: the index in each list names the handler. */
export interface Bindings {
  readonly subscriptions: (Place & { type: string; options: SubscribeOptions })[]
  readonly events: (Place & { type: string; schema: Readonly<Record<string, unknown>> })[]
  readonly provides: (Place & {
    name: string
    input: object
    output: object
    audience: Audience
  })[]
  readonly routes: (Place & { method: string; path: string; options: RouteOptions })[]
  readonly pages: (Place & { method: string; path: string; options: PageOptions })[]
  readonly methods: (Place & { name: string; options: MethodOptions })[]
  readonly presence: Place[]
  readonly topics: (Place & { by: string })[]
  readonly slots: (Place & { name: string })[]
  readonly jobs: (Place & { id: string; cron: string })[]
  readonly collections: (Place & { name: string })[]
  readonly exports: Place[]
  readonly erasures: Place[]
  readonly demo: (Place & { order: number })[]
}

export type BindingKind = keyof Bindings

export function noBindings(): Bindings {
  return {
    subscriptions: [],
    events: [],
    provides: [],
    routes: [],
    pages: [],
    methods: [],
    presence: [],
    topics: [],
    slots: [],
    jobs: [],
    collections: [],
    exports: [],
    erasures: [],
    demo: [],
  }
}
