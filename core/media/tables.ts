/** Who is answered when they ask for a picture; its owner always is. */
export type Visibility = 'public' | 'private' | 'guarded'

export type MediaKind = 'picture' | 'video' | 'voice' | 'file'

export interface MediaTable {
  readonly id: string
  readonly owner_id: string
  /** Of the upload's bytes and all that decides what is made of them: the same again is this row. */
  readonly fingerprint: string
  readonly purpose: string
  readonly kind: MediaKind
  /** Given by the sender; null for pictures, which are made anew. */
  readonly name: string | null
  readonly visibility: Visibility
  /**
   * The call that says who may see it. Beside `public` it is the first that a use has brought: then
   * it answers once nothing uses the picture any more.
   */
  readonly guard: string | null
  readonly width: number
  readonly height: number
  /** Of the upload; this is what counts against the quota. */
  readonly bytes: number
  readonly alt: string
  /** Base64 */
  readonly thumbhash: string | null
  readonly animated: 0 | 1
  readonly duration_ms: number | null
  /** JSON of levels from 0 to 31. */
  readonly waveform: string | null
  readonly created_at: string
  /** Since when nothing uses it; null while something does, or where it is kept for good. */
  readonly unused_since: string | null
}

export interface VariantTable {
  readonly media_id: string
  /** `full`, or `w960` after the width in pixels. */
  readonly name: string
  /** Where the driver keeps the bytes. */
  readonly file: string
  readonly type: string
  readonly width: number
  readonly height: number
  readonly bytes: number
}

export interface UseTable {
  readonly media_id: string
  /** Module and its own word: `blog:post/<id>`. */
  readonly used_by: string
  /** The call that says who may see what this use shows; null: everybody. */
  readonly guard: string | null
}

export interface UsageTable {
  readonly owner_id: string
  readonly bytes: number
  readonly files: number
}

export interface MediaTables {
  media: MediaTable
  media_variants: VariantTable
  media_uses: UseTable
  media_usage: UsageTable
}
