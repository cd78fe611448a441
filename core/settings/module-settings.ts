import type { Json } from '../port/events.ts'
import { coreErrors } from '../errors.ts'
import { problemsOf } from '../schema.ts'
import type { SettingsActor } from './index.ts'
import type { SettingRows } from './setting-rows.ts'

/** JSON Schema of an object, from a manifest. */
export type SettingsSchema = Readonly<Record<string, unknown>>

type Values = Readonly<Record<string, Json>>

/** What an operator has set for modules, over the defaults of their manifests. */
export class ModuleSettings {
  readonly #rows: SettingRows

  constructor(rows: SettingRows) {
    this.#rows = rows
  }

  /** What its manifest says. */
  defaults(schema: SettingsSchema): Values {
    return defaultsOf(schema)
  }

  /** As they are now. A value that the schema no longer takes gives way to its default. */
  values(module: string, schema: SettingsSchema): Values {
    const defaults = defaultsOf(schema)
    const own = this.#rows.of(module)
    if (own.size === 0) return defaults
    const set = [...own].filter(([key]) => Object.hasOwn(propertiesOf(schema), key))
    const values = { ...defaults, ...Object.fromEntries(set) }
    return problemsOf(schema, values).length === 0 ? values : defaults
  }

  /**
   * Replaces all values of a module; one that is left out has its default again.
   *
   * @throws QL_VALIDATION with the path of every value that does not fit; nothing is written.
   */
  async replace(
    module: string,
    schema: SettingsSchema,
    values: Values,
    actor: SettingsActor,
  ): Promise<void> {
    const errors = problemsOf(closed(schema), values)
    if (errors.length > 0) throw coreErrors.QL_VALIDATION({ errors })
    const before = this.values(module, schema)
    const after = { ...defaultsOf(schema), ...values }
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
      (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    if (keys.length === 0) return
    const stored = new Set([...keys, ...Object.keys(values), ...this.#rows.of(module).keys()])
    await this.#rows.write(
      {
        owner: module,
        subject: `settings/${module}`,
        before: picked(before, keys),
        after: picked(after, keys),
        rows: new Map([...stored].map((key) => [key, values[key]])),
      },
      actor,
    )
  }
}

/** Every property's `default`. */
function defaultsOf(schema: SettingsSchema): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(propertiesOf(schema)).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}

function propertiesOf(schema: SettingsSchema): Readonly<Record<string, { default?: Json }>> {
  return (schema['properties'] ?? {}) as Record<string, { default?: Json }>
}

const closedSchemas = new WeakMap<object, SettingsSchema>()

/** A name the manifest does not know is a mistake, also where its author forgot to say so. */
function closed(schema: SettingsSchema): SettingsSchema {
  const known = closedSchemas.get(schema)
  if (known) return known
  const made = { type: 'object', ...schema, additionalProperties: false }
  closedSchemas.set(schema, made)
  return made
}

function picked(values: Values, keys: readonly string[]): Values {
  return Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
}
