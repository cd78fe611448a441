import type { Config } from '../../config.ts'
import type { Json } from '../port/events.ts'
import { coreErrors } from '../errors.ts'
import { problemsOf } from '../schema.ts'
import type {
  SectionName,
  SectionPatch,
  SectionValues,
  SettingsActor,
  StationSettings,
} from './index.ts'
import { SECTIONS } from './sections.ts'
import type { SettingRows } from './setting-rows.ts'

const OWNER = 'core'
const MEBIBYTE = 2 ** 20

/** What holds until an operator sets it; the environment has the first word for some. */
function defaultsFrom({ station }: Config): SectionValues {
  return {
    station: { name: station.name, locale: station.locale },
    operator: { name: '', address: '', email: '', asksPublishing: false },
    people: { registration: station.registration, confirmMail: true },
    media: { quotaBytes: 1024 * MEBIBYTE },
    retention: {
      logDays: 30,
      auditDays: 365,
      sessionDays: 90,
      deletedContentDays: 30,
      unconfirmedDays: 7,
    },
    backups: { daily: true, keep: 3 },
  }
}

/** See {@link StationSettings}. */
export class OpenSettings implements StationSettings {
  readonly #rows: SettingRows
  /** What holds where nobody has set anything. */
  readonly defaults: SectionValues

  constructor(rows: SettingRows, config: Config) {
    this.#rows = rows
    this.defaults = defaultsFrom(config)
  }

  get station(): SectionValues['station'] {
    return this.#section('station')
  }

  get operator(): SectionValues['operator'] {
    return this.#section('operator')
  }

  get people(): SectionValues['people'] {
    return this.#section('people')
  }

  get media(): SectionValues['media'] {
    return this.#section('media')
  }

  get retention(): SectionValues['retention'] {
    return this.#section('retention')
  }

  get backups(): SectionValues['backups'] {
    return this.#section('backups')
  }

  /** Must follow the migrations; until then everything has its default. */
  load(): Promise<void> {
    return this.#rows.load()
  }

  onChanged(listener: () => void): () => void {
    return this.#rows.onChanged(listener)
  }

  async change<Name extends SectionName>(
    section: Name,
    patch: SectionPatch<Name>,
    actor: SettingsActor,
  ): Promise<void> {
    const before: Readonly<Record<string, Json>> = this.#section(section)
    const given = Object.entries(patch) as [string, Json][]
    const errors = problemsOf(SECTIONS[section].schema, { ...before, ...patch })
    if (errors.length > 0) throw coreErrors.QL_VALIDATION({ errors })
    const changed = given.filter(([key, value]) => before[key] !== value)
    if (changed.length === 0) return
    const rows = new Map(changed.map(([key, value]) => [`${section}.${key}`, value]))
    await this.#rows.write(
      {
        owner: OWNER,
        subject: `settings/${section}`,
        before: Object.fromEntries(changed.map(([key]) => [key, before[key] ?? null])),
        after: Object.fromEntries(changed),
        rows,
      },
      actor,
    )
  }

  /** A value that no longer fits, after an update of the program, gives way to its default. */
  #section<Name extends SectionName>(name: Name): SectionValues[Name] {
    const defaults = this.defaults[name]
    const own = this.#rows.of(OWNER)
    if (own.size === 0) return defaults
    const set = Object.keys(defaults).flatMap((key): [string, Json][] => {
      const value = own.get(`${name}.${key}`)
      return value === undefined ? [] : [[key, value]]
    })
    if (set.length === 0) return defaults
    const values = { ...defaults, ...Object.fromEntries(set) }
    return problemsOf(SECTIONS[name].schema, values).length === 0 ? values : defaults
  }
}

/** The configuration with what can change while the station runs as it is at each moment. */
export function liveConfig(config: Config, settings: StationSettings): Config {
  return {
    ...config,
    station: {
      get name() {
        return settings.station.name
      },
      get locale() {
        return settings.station.locale
      },
      get registration() {
        return settings.people.registration
      },
    },
  }
}
