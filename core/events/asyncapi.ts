import type { EventSchemas } from './schemas.ts'

/** A module that consumes a type. */
export interface Subscription {
  readonly module: string
  readonly type: string
}

/**
 * AsyncAPI 3.0 of every event type that docked modules publish: one channel a type, an operation
 * for its owner and one for each subscriber.
 */
export function asyncApi(
  schemas: EventSchemas,
  version: string,
  subscriptions: readonly Subscription[] = [],
): Record<string, unknown> {
  const list = schemas.list()
  const types = new Set(list.map(({ type }) => type))
  const channels = list.map(({ type }) => [
    type,
    { address: type, messages: { event: { $ref: `#/components/messages/${type}` } } },
  ])
  const sends = list.map(({ type, owner }) => [
    `${owner}.sends.${type}`,
    operation('send', owner, type),
  ])
  const receives = subscriptions
    .filter(({ type }) => types.has(type))
    .map(({ module, type }) => [`${module}.receives.${type}`, operation('receive', module, type)])
  const messages = list.map(({ type, schema, version: schemaVersion }) => [
    type,
    {
      name: type,
      contentType: 'application/cloudevents+json',
      payload: envelopeSchema(`urn:quark:event:${type}:${schemaVersion}`, schema),
    },
  ])
  return {
    asyncapi: '3.0.0',
    info: { title: 'Quark-Light events', version },
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries([...sends, ...receives]),
    components: { messages: Object.fromEntries(messages) },
  }
}

function operation(action: 'send' | 'receive', module: string, type: string): object {
  return { action, channel: { $ref: `#/channels/${type}` }, tags: [{ name: module }] }
}

function envelopeSchema(dataschema: string, data: object): object {
  const text = { type: 'string' }
  return {
    type: 'object',
    required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'data'],
    properties: {
      specversion: { const: '1.0' },
      id: { type: 'string', format: 'uuid' },
      source: text,
      type: text,
      subject: text,
      time: { type: 'string', format: 'date-time' },
      datacontenttype: { const: 'application/json' },
      dataschema: { const: dataschema },
      correlationid: text,
      causationid: text,
      actor: text,
      touches: text,
      hops: { type: 'integer', minimum: 0, maximum: 16 },
      data: JSON.parse(JSON.stringify(data)) as object,
    },
  }
}
