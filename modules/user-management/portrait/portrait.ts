import type { App, Clock, Media, Picture } from '#core'
import { errors } from '../errors.ts'
import { findProfile, tellOf } from '../profile/profile.ts'
import { type Registry, registryOf } from '../registration/registration.ts'
import type { KnownProfile } from '../visibility/sight.ts'

/** Which of a person's two pictures. */
export type Portrait = 'avatar' | 'cover'

const COLUMNS = { avatar: 'avatar_id', cover: 'cover_id' } as const

/** Sets, replaces and removes the two pictures of a person's page. */
export class Portraits {
  readonly #registry: Registry
  readonly #media: Media
  readonly #clock: Clock

  constructor(app: App) {
    this.#registry = registryOf(app)
    this.#media = app.media
    this.#clock = app.clock
  }

  /**
   * Shows `picture` from now on, or nothing. The one before is let go after the commit, and removed
   * a day later.
   */
  async change(
    userId: string,
    which: Portrait,
    picture: Picture | undefined,
  ): Promise<KnownProfile> {
    const claim = `${which}/${userId}`
    if (picture) await this.#media.use(claim, [picture.id])
    const before = await this.#write(userId, which, picture?.id ?? null)
    if (before !== null && before !== picture?.id) await this.#media.release(claim, [before])
    const profile = await findProfile(this.#registry.db.reader, { id: userId })
    if (!profile) throw errors.QL_USERS_NOT_FOUND()
    return profile
  }

  /** @returns what was shown until now. */
  #write(userId: string, which: Portrait, pictureId: string | null): Promise<string | null> {
    const column = COLUMNS[which]
    return this.#registry.db.transaction(async (tx) => {
      const row = await tx.db
        .selectFrom('user_management_profiles')
        .select(['avatar_id', 'cover_id'])
        .where('user_id', '=', userId)
        .executeTakeFirst()
      if (!row) throw errors.QL_USERS_NOT_FOUND()
      if (row[column] === pictureId) return pictureId
      await tx.db
        .updateTable('user_management_profiles')
        .set({ [column]: pictureId, updated_at: this.#clock.now().toISOString() })
        .where('user_id', '=', userId)
        .execute()
      const profile = await findProfile(tx.db, { id: userId })
      if (profile) await tellOf(tx, profile)
      return row[column]
    })
  }
}
