import type { Visibility } from '../tables.ts'

/** A picture at the head of a post. */
export interface Cover {
  /** An upload of this station. */
  readonly mediaId: string
  readonly alt: string
  readonly caption?: string
}

/** A picture as lists show it. */
export interface ListImage {
  readonly src: string
  readonly width: number
  readonly height: number
  readonly alt: string
}

export interface TagName {
  readonly name: string
  readonly slug: string
}

/** What belongs to a post beside its text; kept with every revision. */
export interface PostDetails {
  readonly title: string
  readonly lead: string
  readonly tags: readonly string[]
  readonly slug: string
  readonly visibility: Visibility
  readonly cover: Cover | null
  readonly pinned: boolean
}

export type DetailName = keyof PostDetails

export interface MergedDetails {
  readonly details: PostDetails
  /** What was changed differently on both sides. */
  readonly conflicts: readonly DetailName[]
}

/**
 * Lays a change made on `base` over `current`. Saying again what `base` said is no change, so a
 * form may always send all of its fields.
 */
export function mergeDetails(
  base: PostDetails,
  current: PostDetails,
  change: Partial<PostDetails>,
): MergedDetails {
  const details = { ...current }
  const conflicts: DetailName[] = []
  for (const name of Object.keys(change) as DetailName[]) {
    const wished = change[name]
    if (wished === undefined || same(wished, base[name])) continue
    if (!same(current[name], base[name]) && !same(current[name], wished)) conflicts.push(name)
    Object.assign(details, { [name]: wished })
  }
  return { details, conflicts }
}

export function sameDetails(a: PostDetails, b: PostDetails): boolean {
  return (Object.keys(a) as DetailName[]).every((name) => same(a[name], b[name]))
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
