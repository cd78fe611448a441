import type { Actor, Locale, Policy } from '../port/requests.ts'
import { mayUse } from '../http/guards/policy.ts'
import type { Channel, ChannelChoice, NotificationGroup } from './index.ts'

/** Something people can be told of, and choose how. */
export interface Kind {
  readonly id: string
  readonly title: Readonly<Record<Locale, string>>
  readonly group: NotificationGroup
  /** A Lucide name from `templates/icon-names.ts`. */
  readonly icon: string
  readonly defaults: ChannelChoice
  /** Where it can be heard of at all. Default: everywhere. */
  readonly channels?: readonly Channel[] | undefined
  /** Who can be told of it at all: this role and those above. Default: everybody. */
  readonly from?: Policy | undefined
  /** True: always in the list and by mail, whatever a person chooses. */
  readonly isMandatory?: boolean
}

/** What concerns the account itself: nobody is spared it, whoever got hold of the settings. */
const SECURITY: Kind = {
  id: 'security',
  title: { ru: 'Безопасность учётной записи', en: 'Security of your account' },
  group: 'me',
  icon: 'shield-alert',
  defaults: { inApp: true, push: true, mail: true },
  isMandatory: true,
}

/** The kinds of the core and of all docked modules. */
export class Kinds {
  readonly #kinds = new Map<string, Kind>([[SECURITY.id, SECURITY]])

  /** @returns what to call to stop offering it. */
  add(kind: Kind): () => void {
    this.#kinds.set(kind.id, kind)
    return () => void this.#kinds.delete(kind.id)
  }

  get all(): readonly Kind[] {
    return [...this.#kinds.values()]
  }

  /** Those this person can be told of. */
  for(actor: Pick<Actor, 'role'>): readonly Kind[] {
    return this.all.filter(({ from = 'member' }) => mayUse(from, actor))
  }

  find(id: string): Kind | undefined {
    return this.#kinds.get(id)
  }

  /** Ids of one group, for a filter. */
  of(group: NotificationGroup): string[] {
    return this.all.filter((kind) => kind.group === group).map(({ id }) => id)
  }
}
