import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type as TypeBox } from 'typebox'
import { Type } from './type.ts'

/** One of everything, written with either library. */
function sample(t: typeof Type) {
  const inner = t.Object({ id: t.String({ format: 'uuid' }) })
  return t.Object(
    {
      text: t.String({ minLength: 1, description: 'x' }),
      maybe: t.Optional(t.Integer({ minimum: 0 })),
      number: t.Number(),
      flag: t.Boolean(),
      kind: t.Union([t.Literal('a'), t.Literal(2), t.Literal(true), t.Null()], { title: 'k' }),
      named: t.Record(t.String({ pattern: '^a' }), t.Number(), { additionalProperties: false }),
      all: t.Record(t.String(), inner),
      list: t.Array(inner, { maxItems: 3 }),
      anything: t.Unknown(),
      raw: t.Unsafe<string>({ type: 'string', contentMediaType: 'text/html' }),
      again: t.Optional(t.Object({ ...inner.properties, more: t.Optional(t.Null()) })),
      empty: t.Object({}),
      loose: t.Object({ maybe: t.Optional(t.String()) }),
    },
    { additionalProperties: false, $id: 'urn:sample' },
  )
}

test('our builders write the JSON Schema of TypeBox, to the letter', () => {
  assert.equal(JSON.stringify(sample(Type)), JSON.stringify(sample(TypeBox)))
})

test('what is optional is not required, also when its description is taken over', () => {
  assert.deepEqual(sample(Type).required, sample(TypeBox).required)
})
