import type { Static } from 'typebox'
import type { SECTIONS } from './sections.ts'

export type SectionName = keyof typeof SECTIONS

/** Every section with its values. */
export type SectionValues = {
  readonly [Name in SectionName]: Static<(typeof SECTIONS)[Name]['schema']>
}

/** A change of one section; a field that is left out stays as it is. */
export type SectionPatch<Name extends SectionName> = Partial<SectionValues[Name]>

/** Who changes a setting. */
export interface SettingsActor {
  readonly id: string
}

/**
 * What an operator can change while the station runs. Reading a section gives its values as they
 * are now, so `settings.people.registration` is never kept in a variable for later. Another
 * process's change is seen within a second or so.
 */
export interface StationSettings extends SectionValues {
  /** Called after the commit of a change, and when another process has made one. */
  onChanged(listener: () => void): () => void
  /**
   * Writes the fields given, an audit row with before and after, and `settings.changed`, all in
   * one transaction.
   *
   * @throws QL_VALIDATION with the path of every field that does not fit; nothing is written.
   */
  change<Name extends SectionName>(
    section: Name,
    patch: SectionPatch<Name>,
    actor: SettingsActor,
  ): Promise<void>
}
