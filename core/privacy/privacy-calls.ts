import type { Residents } from '../auth/identity/residents.ts'
import type { Calls } from '../calls/calls.ts'
import type { SectionValues } from '../settings/index.ts'
import { Type } from '../type.ts'
import type { Consents } from './consent/consents.ts'

declare global {
  interface QuarkCalls {
    /** Whether what a person makes public may be shown to everybody: they agree, and no block hides it. */
    'privacy.publishing': { input: { userId: string }; output: { isAllowed: boolean } }
    /** How many days deleted content may be brought back. */
    'privacy.retention': { input: Record<string, never>; output: { deletedContentDays: number } }
  }
}

const closed = { additionalProperties: false } as const

/** What modules have to know of people's choices. */
export function providePrivacyCalls(
  calls: Calls,
  consents: Consents,
  settings: Pick<SectionValues, 'retention'>,
  residents: Pick<Residents, 'isWithheld'>,
): void {
  calls.provide('privacy.publishing', {
    owner: 'core',
    input: Type.Object({ userId: Type.String({ maxLength: 64 }) }, closed),
    output: Type.Object({ isAllowed: Type.Boolean() }, closed),
    answer: async (input) => {
      const { userId } = input as { userId: string }
      const [hasAgreed, isWithheld] = await Promise.all([
        consents.mayPublish(userId),
        residents.isWithheld(userId),
      ])
      return { isAllowed: hasAgreed && !isWithheld }
    },
  })
  calls.provide('privacy.retention', {
    owner: 'core',
    input: Type.Object({}, closed),
    output: Type.Object({ deletedContentDays: Type.Integer() }, closed),
    answer: async () => ({ deletedContentDays: settings.retention.deletedContentDays }),
  })
}
