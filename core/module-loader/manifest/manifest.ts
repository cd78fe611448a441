import type { Static } from 'typebox'
import { Type } from '../../type.ts'

/** The contract between modules and the host; hosts serve this major version. */
export const API_VERSION = '1.0.0'

const Text = Type.Object(
  {
    en: Type.String({ minLength: 1, maxLength: 500 }),
    ru: Type.String({ minLength: 1, maxLength: 500 }),
  },
  { additionalProperties: false },
)

const named = (value: ReturnType<typeof Type.Object>, name: string) =>
  Type.Record(Type.String({ pattern: name }), value, { additionalProperties: false })

const EVENT = '^[a-z][a-z-]*(\\.[a-z][a-z-]*)+$'
const CALL = '^[a-z][a-z-]*\\.[a-z][a-zA-Z-]*$'
/** `reported.*`: every call of that name's first part. */
const USED_CALL = '^[a-z][a-z-]*\\.([a-z][a-zA-Z-]*|\\*)$'
const MODULE = '^[a-z][a-z0-9-]{0,38}[a-z0-9]$'
const version = Type.Integer({ minimum: 1 })
const closed = { additionalProperties: false } as const
const policy = Type.Union(
  ['public', 'member', 'moderator', 'admin', 'owner'].map((name) => Type.Literal(name)),
)
const path = Type.String({ pattern: '^/', maxLength: 200 })

/** `module.json`: everything a person consents to, readable without running code. */
export const ManifestSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String()),
    id: Type.String({
      pattern: MODULE,
      description: 'Never reused; equals the name of the folder.',
    }),
    name: Text,
    description: Text,
    version: Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$' }),
    license: Type.String({ minLength: 1 }),
    api: Type.String({ minLength: 1, description: 'Semver range of the contract version.' }),
    entry: Type.String({ pattern: '^[a-z0-9][a-z0-9-]*\\.(ts|js|mjs)$' }),
    level: Type.Union([Type.Literal('core'), Type.Literal('isolated')]),
    requires: Type.Object(
      {
        modules: Type.Record(Type.String({ pattern: MODULE }), Type.String(), closed),
        optional: Type.Record(Type.String({ pattern: MODULE }), Type.String(), closed),
      },
      closed,
    ),
    events: Type.Object(
      {
        subscribes: named(Type.Object({ version }, closed), EVENT),
        publishes: named(Type.Object({ version }, closed), EVENT),
      },
      closed,
    ),
    calls: Type.Object(
      {
        provides: named(Type.Object({ version }, closed), CALL),
        uses: Type.Record(Type.String({ pattern: USED_CALL }), version, closed),
      },
      closed,
    ),
    permissions: Type.Array(Type.String({ pattern: '^[a-z][a-z-]*(:[a-z0-9.*-]+)*$' })),
    routes: Type.Array(
      Type.Object(
        {
          method: Type.Union(
            ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((name) => Type.Literal(name)),
          ),
          path,
          policy,
        },
        closed,
      ),
    ),
    pages: Type.Array(
      Type.Object(
        { method: Type.Union([Type.Literal('GET'), Type.Literal('POST')]), path, policy },
        closed,
      ),
    ),
    methods: Type.Optional(
      Type.Array(Type.Object({ name: Type.String({ pattern: CALL }), policy }, closed)),
    ),
    slots: Type.Array(Type.String({ pattern: '^[a-z]+(\\.[a-z]+)*$' })),
    collections: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,40}$' })),
    personalData: Type.Optional(
      Type.Boolean({
        description:
          'Whether what it keeps is about people; needed by every module with tables or collections.',
      }),
    ),
    jobs: Type.Optional(
      Type.Array(
        Type.Object(
          { id: Type.String({ pattern: '^[a-z][a-z0-9-]*$' }), cron: Type.String() },
          closed,
        ),
      ),
    ),
    notifications: Type.Optional(
      named(
        Type.Object(
          {
            title: Text,
            group: Type.Optional(
              Type.Union(['me', 'blog', 'station'].map((name) => Type.Literal(name))),
            ),
            icon: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]*$' })),
            defaults: Type.Object(
              { inApp: Type.Boolean(), push: Type.Boolean(), mail: Type.Boolean() },
              closed,
            ),
            channels: Type.Optional(
              Type.Array(Type.Union(['inApp', 'push', 'mail'].map((name) => Type.Literal(name))), {
                minItems: 1,
                description: 'Where it can be heard of at all.',
              }),
            ),
            from: Type.Optional(
              Type.Union(
                ['member', 'moderator', 'admin', 'owner'].map((name) => Type.Literal(name)),
                {
                  description: 'Who can be told of it at all: this role and those above.',
                },
              ),
            ),
          },
          closed,
        ),
        '^[a-z][a-z-]*$',
      ),
    ),
    settings: Type.Object(
      {},
      {
        additionalProperties: true,
        description: 'JSON Schema of an object; the form is made of it.',
      },
    ),
  },
  {
    $id: 'urn:quark:schema:module-1',
    title: 'module.json',
    additionalProperties: false,
  },
)

type Named<Value> = Readonly<Record<string, Value>>

/** One thing a module may tell people of. */
export interface DeclaredKind {
  readonly title: Static<typeof Text>
  /** The filter it stands under. Default `me`. */
  readonly group?: 'me' | 'blog' | 'station'
  /** A Lucide name the station has. Default `bell`. */
  readonly icon?: string
  /** Where people hear of it until they choose otherwise. */
  readonly defaults: { readonly inApp: boolean; readonly push: boolean; readonly mail: boolean }
  /** Where it can be heard of at all. Default: everywhere. */
  readonly channels?: readonly ('inApp' | 'push' | 'mail')[]
  /** Who can be told of it at all: this role and those above. Default: everybody. */
  readonly from?: 'member' | 'moderator' | 'admin' | 'owner'
}

/** A checked manifest. */
export interface Manifest {
  readonly id: string
  readonly name: Static<typeof Text>
  readonly description: Static<typeof Text>
  readonly version: string
  readonly license: string
  readonly api: string
  readonly entry: string
  readonly level: 'core' | 'isolated'
  readonly requires: { readonly modules: Named<string>; readonly optional: Named<string> }
  readonly events: {
    readonly subscribes: Named<{ version: number }>
    readonly publishes: Named<{ version: number }>
  }
  readonly calls: { readonly provides: Named<{ version: number }>; readonly uses: Named<number> }
  readonly permissions: readonly string[]
  readonly routes: readonly { method: string; path: string; policy: string }[]
  readonly pages: readonly { method: string; path: string; policy: string }[]
  readonly methods?: readonly { name: string; policy: string }[]
  readonly slots: readonly string[]
  readonly collections: readonly string[]
  /** Kind → what people choose by; `notify` names one of them. */
  readonly notifications?: Named<DeclaredKind>
  readonly personalData?: boolean
  readonly jobs?: readonly { id: string; cron: string }[]
  readonly settings: Readonly<Record<string, unknown>>
}

/** The published form of {@link ManifestSchema}, as `docs/modules/module-1.schema.json` holds it. */
export function manifestJsonSchema(): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...(JSON.parse(JSON.stringify(ManifestSchema)) as object),
  }
  return `${JSON.stringify(schema, null, 2)}\n`
}
