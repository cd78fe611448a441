import {
  PAGE_AUDIENCES,
  type PageAudience,
  READERS_AUDIENCES,
  type ReadersAudience,
} from './tables.ts'
import {
  FLAVOURS,
  type Flavour,
  type Locale,
  type Motion,
  MOTIONS,
  type Static,
  TEXT_SIZES,
  type TextSize,
  type Theme,
  THEMES,
  Type,
} from '#core'

const closed = { additionalProperties: false } as const

const Id = Type.String({ maxLength: 36 })
const Time = Type.String({ description: 'ISO 8601, UTC' })
const LocaleName = Type.Unsafe<Locale>({ type: 'string', enum: ['ru', 'en'] })
const ThemeName = Type.Unsafe<Theme>({ type: 'string', enum: [...THEMES] })
const FlavourName = Type.Unsafe<Flavour>({ type: 'string', enum: [...FLAVOURS] })
const TextSizeName = Type.Unsafe<TextSize>({ type: 'string', enum: [...TEXT_SIZES] })
const MotionName = Type.Unsafe<Motion>({ type: 'string', enum: [...MOTIONS] })
const PageFor = Type.Unsafe<PageAudience>({ type: 'string', enum: [...PAGE_AUDIENCES] })
const ReadersFor = Type.Unsafe<ReadersAudience>({ type: 'string', enum: [...READERS_AUDIENCES] })
const ZoneName = Type.String({ maxLength: 64, description: 'IANA time zone' })

/** Lengths of what people write are checked by the domain; these only bound the work. */
const Line = Type.String({ maxLength: 1_000 })
const Credential = Type.String({ maxLength: 4_096 })

const PictureAddress = Type.Union([
  Type.String({ description: 'Path of the full picture; smaller ones stand below it' }),
  Type.Null(),
])

/** A person as those see them who may see their page; others get it without words of their own. */
export const Person = Type.Object(
  {
    id: Id,
    username: Type.String(),
    displayName: Type.String(),
    bio: Type.String(),
    place: Type.String(),
    /** `https:` or `http:`, at most five. */
    links: Type.Array(Type.String()),
    /** Square; `/w96` and `/w288` behind it are the small ones. */
    avatarUrl: PictureAddress,
    /** `/w640`, `/w1280` and `/w1920` behind it are narrower, where it is wide enough. */
    coverUrl: PictureAddress,
    createdAt: Time,
  },
  closed,
)
export type Person = Static<typeof Person>

/** A person as other modules see them: with how to speak to them and what colour they are. */
export const Profile = Type.Object(
  {
    ...Person.properties,
    locale: LocaleName,
    theme: ThemeName,
    flavour: FlavourName,
    textSize: TextSizeName,
    motion: MotionName,
    timeZone: ZoneName,
    pageFor: PageFor,
    readersFor: ReadersFor,
  },
  closed,
)
export type Profile = Static<typeof Profile>

/** A person as they see themselves. */
export const Me = Type.Object(
  { ...Profile.properties, email: Type.String(), role: Type.String() },
  closed,
)
export type Me = Static<typeof Me>

export const Registration = Type.Object(
  {
    username: Line,
    email: Line,
    password: Credential,
    consent: Type.Boolean(),
    displayName: Type.Optional(Line),
    locale: Type.Optional(LocaleName),
    timeZone: Type.Optional(ZoneName),
    /** The last part of an invitation's link. */
    invitation: Type.Optional(Line),
  },
  closed,
)

/** Nothing else is told: a letter is on its way to the address. */
export const Asked = Type.Object({ pending: Type.Boolean() }, closed)

const Code = Type.String({ maxLength: 64, description: 'Six digits, or a recovery code' })

export const Login = Type.Object(
  { login: Line, password: Credential, totp: Type.Optional(Code) },
  closed,
)

export const Proof = Type.Object(
  { password: Type.Optional(Credential), totp: Type.Optional(Code) },
  closed,
)

export const SessionList = Type.Object(
  {
    items: Type.Array(
      Type.Object(
        {
          id: Id,
          browser: Type.String({ description: 'Empty when unknown' }),
          system: Type.String({ description: 'Empty when unknown' }),
          kind: Type.String({ description: '`desktop`, `phone`, `tablet` or `program`' }),
          ip: Type.String(),
          createdAt: Time,
          usedAt: Time,
          current: Type.Boolean(),
          unusual: Type.Boolean({ description: 'From a network and a program not seen before' }),
        },
        closed,
      ),
    ),
    nextCursor: Type.Null(),
  },
  closed,
)

export const EndedSessions = Type.Object({ ended: Type.Integer() }, closed)

export const FactorState = Type.Object(
  {
    on: Type.Boolean(),
    since: Type.Union([Time, Type.Null()]),
    recoveryCodesLeft: Type.Integer(),
  },
  closed,
)

export const FactorOffer = Type.Object(
  {
    secret: Type.String({ description: 'Base32' }),
    uri: Type.String({ description: '`otpauth://totp/…`, the text of a QR code' }),
    ticket: Type.String({ description: 'Sent back with the first code within fifteen minutes' }),
  },
  closed,
)

export const FactorProof = Type.Object(
  { ticket: Type.String({ maxLength: 500 }), totp: Code },
  closed,
)

export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) }, closed)

export const IdParams = Type.Object({ id: Type.String({ maxLength: 64 }) }, closed)

export const ProfileChange = Type.Object(
  {
    displayName: Type.Optional(Line),
    bio: Type.Optional(Type.String({ maxLength: 10_000 })),
    place: Type.Optional(Line),
    links: Type.Optional(Type.Array(Type.String({ maxLength: 2_000 }), { maxItems: 20 })),
    pageFor: Type.Optional(PageFor),
    readersFor: Type.Optional(ReadersFor),
    locale: Type.Optional(LocaleName),
    theme: Type.Optional(ThemeName),
    flavour: Type.Optional(FlavourName),
    textSize: Type.Optional(TextSizeName),
    motion: Type.Optional(MotionName),
    timeZone: Type.Optional(ZoneName),
  },
  closed,
)
export type ProfileChange = Static<typeof ProfileChange>

export const Session = Type.Object(
  { user: Me, accessToken: Type.String(), expiresAt: Time },
  closed,
)

export const NameAvailability = Type.Object(
  {
    username: Type.String(),
    free: Type.Boolean(),
    /** At most two names that are free. */
    suggestions: Type.Array(Type.String()),
  },
  closed,
)

export const NameParams = Type.Object({ username: Type.String({ maxLength: 200 }) }, closed)

/** By one of the two, as everyone may see the person. */
export const ProfileQuestion = Type.Object(
  { id: Type.Optional(Id), username: Type.Optional(Type.String({ maxLength: 64 })) },
  { ...closed, minProperties: 1, maxProperties: 1 },
)

export const ProfilesQuestion = Type.Object({ ids: Type.Array(Id, { maxItems: 200 }) }, closed)

export const NewUser = Type.Object(
  {
    username: Line,
    email: Line,
    password: Credential,
    role: Type.Optional(
      Type.Unsafe<'owner' | 'admin' | 'moderator' | 'member'>({
        type: 'string',
        enum: ['owner', 'admin', 'moderator', 'member'],
      }),
    ),
    displayName: Type.Optional(Line),
    locale: Type.Optional(LocaleName),
  },
  closed,
)

declare global {
  interface QuarkCalls {
    /** The profile of an id or a user name; null when there is none. */
    'users.profile': { input: Static<typeof ProfileQuestion>; output: Profile | null }
    /** Profiles by id, at most 200, in no order; unknown ids are absent. */
    'users.profiles': { input: Static<typeof ProfilesQuestion>; output: Profile[] }
    /** Makes an account of any role, without a session. Only for the operator's commands. */
    'users.create': { input: Static<typeof NewUser>; output: Profile }
  }
}
