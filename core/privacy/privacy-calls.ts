import type { Calls } from '../calls/calls.ts'
import type { SectionValues } from '../settings/index.ts'
import { Type } from '../type.ts'
import type { Consents } from './consent/consents.ts'

declare global {
  interface QuarkCalls {
    /** Whether what a person makes public may be shown to everybody: they agree, and no block hides it. */
    'privacy.publishing': { input: { userId: string }; output: { isAllowed: boolean } }
    /** The same of many people, at most 200: the ids of those who may be shown. */
    'privacy.published': { input: { userIds: string[] }; output: { userIds: string[] } }
    /** How many days deleted content may be brought back. */
    'privacy.retention': { input: Record<string, never>; output: { deletedContentDays: number } }
  }
}

const closed = { additionalProperties: false } as const
const Id = Type.String({ maxLength: 64 })
const MAX_IDS = 200

/** What modules have to know of people's choices. */
export function providePrivacyCalls(
  calls: Calls,
  consents: Consents,
  settings: Pick<SectionValues, 'retention'>,
): void {
  calls.provide('privacy.publishing', {
    owner: 'core',
    input: Type.Object({ userId: Id }, closed),
    output: Type.Object({ isAllowed: Type.Boolean() }, closed),
    answer: async (input) => {
      const { userId } = input as { userId: string }
      return { isAllowed: (await consents.published([userId])).length > 0 }
    },
  })
  calls.provide('privacy.published', {
    owner: 'core',
    input: Type.Object({ userIds: Type.Array(Id, { maxItems: MAX_IDS }) }, closed),
    output: Type.Object({ userIds: Type.Array(Id) }, closed),
    answer: async (input) => {
      const { userIds } = input as { userIds: string[] }
      return { userIds: await consents.published(userIds) }
    },
  })
  calls.provide('privacy.retention', {
    owner: 'core',
    input: Type.Object({}, closed),
    output: Type.Object({ deletedContentDays: Type.Integer() }, closed),
    answer: async () => ({ deletedContentDays: settings.retention.deletedContentDays }),
  })
}
