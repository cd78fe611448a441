import type { Actor, Locale, Role } from '../port/requests.ts'
import type { DeviceName } from '../auth/sign-in/device-name.ts'
import type { Resident } from '../auth/identity/residents.ts'
import type { CountedColumn } from './counted-people.ts'
import type { PeopleQuery } from './people-list.ts'

export type { CountedColumn } from './counted-people.ts'
export type { PeopleQuery, PeopleSort, SeenWithin } from './people-list.ts'

/** An account as the administration shows it. */
export interface Person extends Resident {
  /** What the person's uploads take. */
  readonly storedBytes: number
  /** What they may take. */
  readonly quotaBytes: number
  /** Whether an open page or program of theirs is connected at this moment. */
  readonly isOnline: boolean
}

export interface PeoplePage {
  readonly items: readonly Person[]
  /** null at the end. */
  readonly nextCursor: string | null
  /** How many there are on all pages together. */
  readonly total: number
}

/** One place where a person is signed in. */
export interface PersonSession {
  readonly id: string
  /** ISO 8601, UTC */
  readonly createdAt: string
  /** When it was last renewed, to ten minutes. */
  readonly usedAt: string
  readonly ip: string
  /** As it was sent. */
  readonly userAgent: string
  readonly device: DeviceName
}

export interface PersonChange {
  readonly role?: Role | undefined
  readonly status?: 'active' | 'blocked' | undefined
  /** With a block: what the person has published is shown to nobody but staff. Default true. */
  readonly hides?: boolean | undefined
  /** Why; for the audit log. */
  readonly reason?: string | undefined
}

/** What may be done to many people at once. */
export type ActForMany =
  | { readonly kind: 'role'; readonly role: Role }
  | {
      readonly kind: 'block'
      /** As in {@link PersonChange}. */
      readonly hides?: boolean | undefined
      readonly reason?: string | undefined
    }
  | { readonly kind: 'unblock' }
  | { readonly kind: 'end-sessions' }

/** What became of one person among many. */
export interface Outcome {
  readonly userId: string
  /** Why nothing was done; null: it is done, or was so already. */
  readonly problem: {
    readonly code: string
    readonly text: Readonly<Record<Locale, string>>
  } | null
}

export interface PeopleCounts {
  /** All but the deleted. */
  readonly all: number
  readonly blocked: number
  /** With a session renewed within the last 24 hours. */
  readonly today: number
}

/** People and their sessions. */
export interface People {
  /**
   * In an order that stays while one reads on: whoever shares a value with others stands by id. Who
   * moves meanwhile, as by being seen, may be met twice or not at all.
   */
  list(query: PeopleQuery): Promise<PeoplePage>
  /**
   * Everybody who fits, at most the first 50 000, to be taken along as a table. Itself a row of the
   * audit log.
   */
  export(actor: Actor, query: PeopleQuery): Promise<readonly Person[]>
  counts(): Promise<PeopleCounts>
  /** What modules count of up to 100 people, in order; which columns there are, of nobody. */
  counted(userIds: readonly string[]): Promise<readonly CountedColumn[]>
  /** @throws QL_AUTH_NOBODY, for the deleted as well. */
  person(userId: string): Promise<Person>
  /** Open ones, the last used first; at most 100. */
  sessions(userId: string): Promise<readonly PersonSession[]>
  /**
   * Gives a role, blocks or unblocks. What already is so is no change.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_LAST_OWNER.
   */
  change(actor: Actor, userId: string, change: PersonChange): Promise<Person>
  /**
   * One act for up to 100 people, one after the other and each by itself: a refusal stops nothing.
   * Whoever acts is refused by QL_AUTH_ONESELF; the others as the same act for one would be.
   *
   * @returns one for each person, in the order given.
   */
  forMany(actor: Actor, userIds: readonly string[], act: ActForMany): Promise<readonly Outcome[]>
  /** @returns how many were open. @throws QL_AUTH_NOBODY, QL_AUTH_RANK. */
  endSessions(actor: Actor, userId: string): Promise<number>
  /** @throws QL_AUTH_NOBODY, also for a session that is not this person's; QL_AUTH_RANK. */
  endSession(actor: Actor, userId: string, sessionId: string): Promise<void>
  /**
   * Ends the sessions of everybody but the one that acts; owners alone.
   *
   * @returns how many were open. @throws QL_AUTH_RANK.
   */
  endEverybody(actor: Actor): Promise<number>
  /**
   * Takes the second factor away from a person who has lost it, and ends their sessions.
   *
   * @throws QL_AUTH_NOBODY, QL_AUTH_RANK, QL_AUTH_FACTOR_OFF.
   */
  takeFactorAway(actor: Actor, userId: string): Promise<Person>
  /**
   * A letter with a link by which the person chooses a new password; staff choose none for anybody.
   *
   * @returns false where the station sends no mail and the letter waits in the owner's mailbox.
   * @throws QL_AUTH_NOBODY, also for a blocked account; QL_AUTH_RANK.
   */
  sendReset(actor: Actor, userId: string): Promise<boolean>
}
