declare global {
  /**
   * Event type → payload. The module that publishes a type adds it here:
   * `declare global { interface QuarkEvents { 'post.published': Static<typeof PostPublished> } }`
   */
  interface QuarkEvents {}

  /** Call name → what it takes and gives; added by the module that provides it. */
  interface QuarkCalls {}
}

/** Any plain JSON value: all that crosses the docking port. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }

export type EventType = keyof QuarkEvents | (string & {})
export type EventData<T extends string> = T extends keyof QuarkEvents ? QuarkEvents[T] : unknown
export type CallName = keyof QuarkCalls | (string & {})
export type CallInput<N extends string> = N extends keyof QuarkCalls
  ? QuarkCalls[N] extends { input: infer I }
    ? I
    : unknown
  : unknown
export type CallOutput<N extends string> = N extends keyof QuarkCalls
  ? QuarkCalls[N] extends { output: infer O }
    ? O
    : unknown
  : unknown

/** CloudEvents 1.0 in JSON, with the extensions the bus adds. */
export interface CloudEvent<Data = unknown> {
  readonly specversion: '1.0'
  /** UUIDv7; the same on every delivery of the same fact. */
  readonly id: string
  /** `/modules/blog` or `/core` */
  readonly source: string
  readonly type: string
  /** `post/<id>`: deliveries of one subject keep their order. */
  readonly subject: string
  /** ISO 8601, UTC */
  readonly time: string
  readonly datacontenttype: 'application/json'
  /** `urn:quark:event:post.published:1` */
  readonly dataschema: string
  readonly data: Data
  /** The user on whose behalf it happened. */
  readonly actor?: string
  /** The first event or request of the chain. */
  readonly correlationid: string
  /** The event whose handler published this one. */
  readonly causationid?: string
  /** Steps from the first cause; a chain longer than 16 is cut. */
  readonly hops: number
  /** Space-separated subjects whose kept pages this fact makes stale. */
  readonly touches?: string
}

export interface PublishOptions {
  /** What the fact is about, as `noun/id`. */
  readonly subject: string
  /** Who did it: the person of the request unless another is named; null names nobody. */
  readonly actor?: string | null
  /** Other subjects whose kept pages become stale, e.g. `['blog/<userId>', 'posts']`. */
  readonly touches?: readonly string[]
}

export interface SubscribeOptions {
  /** Where a consumer seen for the first time begins. Default `new`. */
  readonly from?: 'new' | 'beginning'
}

export type EventHandler<T extends string> = (
  event: CloudEvent<EventData<T>>,
) => Promise<void> | void
