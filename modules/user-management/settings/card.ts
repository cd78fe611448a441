import type { App, IconName, ModuleRequest, Speech } from '#core'
import type { VNode } from 'preact'
import type { Me } from '../schema.ts'

/** For whom the settings are drawn. */
export interface SettingsVisit {
  readonly app: App
  readonly request: ModuleRequest
  readonly me: Me
  readonly speech: Speech
}

/** A form of a card that was sent and not taken. */
export interface RefusedForm {
  /** {@link SettingsCard.id} */
  readonly card: string
  /** Of the answer, e.g. 422. */
  readonly status: number
  /** What was typed, by the names of the fields. Passwords stay out of it. */
  readonly typed: Readonly<Record<string, string>>
  /** A sentence for each field that has to be mended. */
  readonly errors: Readonly<Partial<Record<string, string>>>
  /** What is wrong besides the fields. */
  readonly problem?: string | undefined
}

/**
 * One card of the settings page, in a file of its own beside this one; `cards.ts` is the list of
 * them. Forms inside post to a page of their own: a success leads to `/settings?saved#<id>`, a
 * refusal shows the page again with `showSettings(visit, refused)`.
 */
export interface SettingsCard {
  /** Its anchor: lower-case letters and `-`. */
  readonly id: string
  readonly icon: IconName
  /** Key of the text in the list of sections. */
  readonly label: string
  /** Where it stands while there are two columns. */
  readonly column: 'start' | 'end'
  /** null leaves it out, of the list of sections too. `refused` is of this card's own forms. */
  draw(visit: SettingsVisit, refused: RefusedForm | undefined): Promise<VNode | null> | VNode | null
}
