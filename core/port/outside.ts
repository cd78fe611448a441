export interface FetchOrder {
  /** http or https, on the usual port. */
  readonly url: string
  /** Media types that are read, in lower case; anything else is refused before its body. */
  readonly types: readonly string[]
  readonly maxBytes: number
  /** Of everything together: names, redirects, body. */
  readonly timeoutMs: number
  /** True: of a longer body the beginning is enough. Default false: it is refused. */
  readonly isCut?: boolean
}

export type Fetched =
  | {
      /** After redirects. */
      readonly url: string
      readonly contentType: string
      readonly base64: string
    }
  | {
      readonly refused: 'address' | 'network' | 'redirects' | 'size' | 'status' | 'time' | 'type'
    }
