import type { Store } from '#core'
import type { Analysis } from './score.ts'
import { field } from './snapshot.ts'

/** An analysis as others see it. */
export interface KeptScore extends Analysis {
  /** The text has changed since; the next publication is scored anew. */
  readonly isOutdated: boolean
}

interface ScoreDocument extends Analysis {
  /** When the analysed text was published, by the time of its event. */
  readonly publishedAt: string
}

interface ChangeDocument {
  readonly changedAt: string
}

/**
 * The last score of each post. Scores and changes are apart because they come from two
 * subscriptions that do not wait for each other: none reads what the other writes, so events may
 * come in any order and more than once.
 */
export class Scores {
  readonly #scores: Store<ScoreDocument>
  readonly #changes: Store<ChangeDocument>

  constructor(scores: Store<ScoreDocument>, changes: Store<ChangeDocument>) {
    this.#scores = scores
    this.#changes = changes
  }

  async keep(postId: string, analysis: Analysis, publishedAt: string): Promise<void> {
    await this.#scores.put(postId, { ...analysis, publishedAt })
  }

  /** Takes the payload of `post.updated`; drafts are of no interest. */
  async noteChange(data: unknown, changedAt: string): Promise<void> {
    const postId = field(data, 'id')
    if (typeof postId !== 'string' || field(data, 'status') === 'draft') return
    await this.#changes.put(postId, { changedAt })
  }

  /** Takes the payload of `post.deleted`. */
  async forget(data: unknown): Promise<void> {
    const postId = field(data, 'id')
    if (typeof postId !== 'string') return
    await this.#scores.delete(postId)
    await this.#changes.delete(postId)
  }

  async find(postId: string): Promise<KeptScore | null> {
    const kept = await this.#scores.get(postId)
    if (kept === null) return null
    const { publishedAt, ...analysis } = kept
    const change = await this.#changes.get(postId)
    return { ...analysis, isOutdated: change !== null && change.changedAt > publishedAt }
  }
}
