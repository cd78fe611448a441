/** The part of autocannon 9 that the benchmarks use; it brings no types of its own. */
declare module 'autocannon' {
  export interface Options {
    readonly url: string
    readonly connections: number
    /** Seconds */
    readonly duration: number
    readonly headers: Readonly<Record<string, string>>
    readonly requests: readonly { readonly path: string }[]
  }
  export interface Result {
    /** Answered requests; `average` is per second. */
    readonly requests: { readonly total: number; readonly average: number }
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
