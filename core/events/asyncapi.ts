import type { EventSchemas } from './schemas.ts'

/** AsyncAPI 3.0 of every event type that docked modules publish: one channel a type. */
export function asyncApi(schemas: EventSchemas, version: string): Record<string, unknown> {
  const list = schemas.list()
  const channels = list.map(({ type }) => [
    type,
    { address: type, messages: { event: { $ref: `#/components/messages/${type}` } } },
  ])
  const operations = list.map(({ type, owner }) => [
    `${owner}.publishes.${type}`,
    { action: 'send', channel: { $ref: `#/channels/${type}` }, tags: [{ name: owner }] },
  ])
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
    operations: Object.fromEntries(operations),
    components: { messages: Object.fromEntries(messages) },
  }
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
