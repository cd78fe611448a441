import type { Type as TypeBox } from 'typebox'

type Schema = Readonly<Record<string, unknown>>
type Options = Readonly<Record<string, unknown>> | undefined

/** Marks a member that an object may lack; not enumerable, so it never becomes JSON. */
const OPTIONAL = Symbol('optional')

type Builders =
  | 'Array'
  | 'Boolean'
  | 'Integer'
  | 'Literal'
  | 'Null'
  | 'Number'
  | 'Object'
  | 'Optional'
  | 'Record'
  | 'String'
  | 'Union'
  | 'Unknown'
  | 'Unsafe'

/**
 * The builders of TypeBox that this station uses: its types, and the same JSON Schema. Loading the
 * library itself for them would cost a start 24 MB and an eighth of a second; a test compares what
 * both write.
 */
export const Type = {
  Array: (items: Schema, options?: Options) => ({ type: 'array', items, ...options }),
  Boolean: (options?: Options) => ({ type: 'boolean', ...options }),
  Integer: (options?: Options) => ({ type: 'integer', ...options }),
  Literal: (value: string | number | boolean, options?: Options) => ({
    type: typeof value,
    const: value,
    ...options,
  }),
  Null: (options?: Options) => ({ type: 'null', ...options }),
  Number: (options?: Options) => ({ type: 'number', ...options }),
  Object: objectOf,
  Optional: (schema: Schema) => Object.defineProperty({ ...schema }, OPTIONAL, { value: true }),
  Record: (key: Schema, value: Schema, options?: Options) => ({
    type: 'object',
    patternProperties: { [(key['pattern'] as string | undefined) ?? '^.*$']: value },
    ...options,
  }),
  String: (options?: Options) => ({ type: 'string', ...options }),
  Union: (anyOf: readonly Schema[], options?: Options) => ({ anyOf, ...options }),
  Unknown: (options?: Options) => ({ ...options }),
  Unsafe: (schema: Schema) => ({ ...schema }),
} as unknown as Pick<typeof TypeBox, Builders>

function objectOf(properties: Readonly<Record<string, Schema>>, options?: Options): Schema {
  const required = Object.keys(properties).filter((name) => !isOptional(properties[name]))
  return {
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    properties,
    ...options,
  }
}

function isOptional(schema: Schema | undefined): boolean {
  return schema !== undefined && OPTIONAL in schema
}
