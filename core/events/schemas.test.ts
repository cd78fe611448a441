import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Type } from 'typebox'
import { CodedError } from '../errors.ts'
import { asyncApi } from './asyncapi.ts'
import { EventSchemas } from './schemas.ts'

const Published = Type.Object(
  { id: Type.String({ minLength: 1 }), views: Type.Integer() },
  { additionalProperties: false },
)

suite('event schemas', () => {
  test('a payload that fits passes, and nothing is coerced or dropped', () => {
    const schemas = new EventSchemas()
    schemas.define('post.published', 'blog', Published)
    schemas.validate('post.published', { id: 'p1', views: 3 })
    assert.deepEqual(problems(schemas, { id: '', views: '3', extra: 1 }), [
      ['/extra', 'additionalProperties'],
      ['/id', 'minLength'],
      ['/views', 'type'],
    ])
    assert.deepEqual(problems(schemas, { id: 'p1' }), [['/views', 'required']])
  })

  test('a type has one owner, until it is released', () => {
    const schemas = new EventSchemas()
    const release = schemas.define('post.published', 'blog', Published)
    assert.throws(() => schemas.define('post.published', 'other', Published), /belongs to blog/)
    release()
    schemas.define('post.published', 'other', Published, 2)
    assert.deepEqual(
      schemas.list().map(({ type, owner, version }) => [type, owner, version]),
      [['post.published', 'other', 2]],
    )
  })

  test('a type nobody defines is a mistake of the program', () => {
    assert.throws(() => new EventSchemas().validate('post.lost', {}), /post\.lost has no schema/)
  })
})

suite('AsyncAPI', () => {
  test('has a channel and a message for each type, who sends it and who receives it', () => {
    const schemas = new EventSchemas()
    schemas.define('post.published', 'blog', Published, 2)
    const readers = [
      { module: 'seo', type: 'post.published' },
      { module: 'seo', type: 'nobody.defined' },
    ]
    const document = asyncApi(schemas, '1.2.3', readers)
    assert.equal(document['asyncapi'], '3.0.0')
    assert.deepEqual(document['info'], { title: 'Quark-Light events', version: '1.2.3' })
    assert.deepEqual(document['operations'], {
      'blog.sends.post.published': {
        action: 'send',
        channel: { $ref: '#/channels/post.published' },
        tags: [{ name: 'blog' }],
      },
      'seo.receives.post.published': {
        action: 'receive',
        channel: { $ref: '#/channels/post.published' },
        tags: [{ name: 'seo' }],
      },
    })
    const { channels, components } = document as unknown as {
      channels: Record<string, { address: string; messages: { event: { $ref: string } } }>
      components: { messages: Record<string, { payload: { properties: Record<string, unknown> } }> }
    }
    const channel = channels['post.published']
    assert.equal(channel?.address, 'post.published')
    assert.equal(channel.messages.event.$ref, '#/components/messages/post.published')
    const { properties } = components.messages['post.published']?.payload ?? { properties: {} }
    assert.deepEqual(properties['dataschema'], { const: 'urn:quark:event:post.published:2' })
    assert.deepEqual(properties['data'], JSON.parse(JSON.stringify(Published)))
  })
})

function problems(schemas: EventSchemas, data: unknown): [string, string][] {
  try {
    schemas.validate('post.published', data)
    return []
  } catch (error) {
    assert.ok(error instanceof CodedError)
    assert.equal(error.code, 'QL_VALIDATION')
    return (error.details.errors ?? [])
      .map(({ path, code }): [string, string] => [path, code])
      .toSorted(([a], [b]) => a.localeCompare(b))
  }
}
