import type { Json } from '../port/events.ts'
import type { Actor } from '../port/requests.ts'
import type { AuditLog } from '../audit/audit-log.ts'
import { coreErrors } from '../errors.ts'
import type { ModuleState } from '../module-loader/loader.ts'
import type { SectionName } from '../settings/index.ts'
import type { ModuleSettings } from '../settings/module-settings.ts'
import { SECTIONS } from '../settings/sections.ts'
import type { OpenSettings } from '../settings/station-settings.ts'
import type { Words } from '../settings/wording.ts'
import { refusalsNoted } from './audited.ts'

type Values = Readonly<Record<string, Json>>

/** One group of settings: a section of the station, or a module. */
export interface SettingGroup {
  /** `station`, `people` …; `module:blog` of a module. */
  readonly name: string
  readonly titles: Words
  readonly help: Words
  /** JSON Schema of an object; titles, help and units in both languages, see `FieldWords`. */
  readonly schema: Readonly<Record<string, unknown>>
  readonly values: Values
  readonly defaults: Values
  /** Who has changed it last; null while nobody has, or where the log does not reach back. */
  readonly changed: { readonly at: string; readonly actorId: string | null } | null
}

/** What can be set while the station runs. */
export interface SettingsDesk {
  /** The station's sections, then the modules that have settings. */
  groups(): Promise<readonly SettingGroup[]>
  /**
   * Changes the fields given; the others stay.
   *
   * @throws QL_NOT_FOUND for a group there is not; QL_VALIDATION with the path of every field that
   * does not fit: then nothing is written.
   */
  change(actor: Actor, group: string, values: Values): Promise<void>
}

export interface SettingsParts {
  readonly audit: AuditLog
  readonly settings: OpenSettings
  readonly moduleSettings: ModuleSettings
}

const MODULE = 'module:'

export class SettingGroups implements SettingsDesk {
  readonly #parts: SettingsParts
  readonly #modules: () => readonly ModuleState[]

  constructor(parts: SettingsParts, modules: () => readonly ModuleState[]) {
    this.#parts = parts
    this.#modules = modules
  }

  groups(): Promise<readonly SettingGroup[]> {
    const { settings, moduleSettings } = this.#parts
    const own = (Object.keys(SECTIONS) as SectionName[]).map((name) =>
      this.#dated(`settings/${name}`, {
        name,
        titles: SECTIONS[name].titles,
        help: SECTIONS[name].help,
        schema: SECTIONS[name].schema as unknown as Readonly<Record<string, unknown>>,
        values: settings[name],
        defaults: settings.defaults[name],
      }),
    )
    const others = this.#modules().flatMap(({ id, manifest }) => {
      if (!manifest || !hasFields(manifest.settings)) return []
      const group = {
        name: `${MODULE}${id}`,
        titles: manifest.name,
        help: manifest.description,
        schema: manifest.settings,
        values: moduleSettings.values(id, manifest.settings),
        defaults: moduleSettings.defaults(manifest.settings),
      }
      return [this.#dated(`settings/${id}`, group)]
    })
    return Promise.all([...own, ...others])
  }

  async change(actor: Actor, group: string, values: Values): Promise<void> {
    const subject = `settings/${group.replace(MODULE, '')}`
    const attempt = { actor, action: 'settings.changed', subject }
    await refusalsNoted(this.#parts.audit, attempt, () => this.#change(actor, group, values))
  }

  async #change(actor: Actor, group: string, values: Values): Promise<void> {
    if (Object.hasOwn(SECTIONS, group)) {
      return this.#parts.settings.change(group as SectionName, values, actor)
    }
    const id = group.startsWith(MODULE) ? group.slice(MODULE.length) : ''
    const schema = this.#modules().find((module) => module.id === id)?.manifest?.settings
    if (!schema || !hasFields(schema)) throw coreErrors.QL_NOT_FOUND()
    const { moduleSettings } = this.#parts
    const before = moduleSettings.values(id, schema)
    await moduleSettings.replace(id, schema, { ...before, ...values }, actor)
  }

  async #dated(subject: string, group: Omit<SettingGroup, 'changed'>): Promise<SettingGroup> {
    const { items } = await this.#parts.audit.list({ subject, outcome: 'done' }, 1)
    const [last] = items
    return { ...group, changed: last ? { at: last.at, actorId: last.actorId } : null }
  }
}

function hasFields(schema: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(schema['properties'] ?? {}).length > 0
}
