/**
 * A stretch of a text, as `schema.ts` describes it to everybody else. It stands here too because the
 * client reads this folder, and must not read the station with it.
 */
export interface Entity {
  readonly type:
    | 'bold'
    | 'italic'
    | 'strike'
    | 'underline'
    | 'code'
    | 'pre'
    | 'spoiler'
    | 'quote'
    | 'link'
    | 'mention'
    | 'hashtag'
    | 'url'
  readonly offset: number
  readonly length: number
  readonly url?: string
  readonly userId?: string
  readonly language?: string
}
