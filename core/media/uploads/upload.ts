import { createHash } from 'node:crypto'
import type { Crop } from '../rendering/crop.ts'
import type { Purpose } from '../rendering/purpose.ts'
import type { StagedFile } from '../storage/staging.ts'
import type { Voice } from '../content/voice.ts'

/** Of one file. */
export const MAX_UPLOAD_BYTES = 5 * 1024 * 1024

/** Answers everybody, its owner alone, or whom a module's call allows. */
export type Audience = 'public' | 'private' | { readonly by: string }

/** An upload and what is to become of it. */
export interface Upload {
  readonly ownerId: string
  readonly purpose: Purpose
  readonly audience: Audience
  readonly alt: string
  readonly crop?: Crop | undefined
  /** As the sender calls the file. */
  readonly name?: string | undefined
  readonly voice?: Voice | undefined
}

/** An upload whose bytes are all here. */
export interface Arrived extends Upload {
  readonly staged: StagedFile
  /** True: nothing sweeps it, used or not. */
  readonly isKept: boolean
}

/** The same bytes for the same use. */
export function fingerprintOf({ staged, purpose, audience, crop, name, voice }: Arrived): string {
  const facts = [staged.sha256, purpose, audience, crop ?? null]
  const recipe = JSON.stringify(name || voice ? [...facts, name ?? null, voice ?? null] : facts)
  return createHash('sha256').update(recipe).digest('hex')
}
