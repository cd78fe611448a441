/** What a crew can be told to do, and what it answers. */
export interface CrewOrders {
  /** Everybody gets a socket; without tokens `count` of them, to the bare relay. */
  open: {
    readonly input: {
      readonly url: string
      readonly tokens?: readonly string[]
      readonly count?: number
    }
    readonly answer: { readonly open: number }
  }
  close: { readonly input: object; readonly answer: object }
  /** One message after another: the next when everybody has heard the last. */
  pace: { readonly input: Paced; readonly answer: PacedTimes }
  /** Each sender sends again as soon as they are answered. */
  press: { readonly input: Pressed; readonly answer: PressedCounts }
  /** So many messages a second whatever becomes of them, written by one. */
  steady: { readonly input: Steady; readonly answer: { readonly ms: readonly number[] } }
  /** Somebody reads their socket no more. */
  stick: { readonly input: { readonly member: number }; readonly answer: object }
  /** Somebody reads their socket only so fast. */
  slow: {
    readonly input: { readonly member: number; readonly bytesPerS: number }
    readonly answer: object
  }
  /** Everybody comes back by themselves after the sockets are lost. */
  comeBack: { readonly input: object; readonly answer: ComeBack }
  /** Milliseconds that each of the methods takes, asked in turn by the first. */
  ask: {
    readonly input: {
      readonly calls: readonly { readonly method: string; readonly input: object }[]
      readonly rounds: number
    }
    readonly answer: { readonly ms: readonly (readonly number[])[] }
  }
}

interface Said {
  /** The one who hears is among those who have a socket. */
  readonly hearers: number
  /** null: to the bare relay. */
  readonly chat: string | null
  /** Bytes of text; of the whole frame to the relay. */
  readonly bytes: number
}

export interface Paced extends Said {
  readonly count: number
  readonly gapMs: number
}

export interface PacedTimes {
  /** From sending until the sender is answered. */
  readonly ackMs: readonly number[]
  /** From sending until the last has heard. */
  readonly lastMs: readonly number[]
  /** From when the first has heard until the last has. */
  readonly tellMs: readonly number[]
  readonly seconds: number
  /** Bytes of what one hears. */
  readonly frameBytes: number
}

export interface Pressed extends Omit<Said, 'chat'> {
  /** Who sends where: the n-th person in the n-th chat; null is the relay. */
  readonly chats: readonly (string | null)[]
  readonly seconds: number
}

export interface PressedCounts {
  readonly sends: number
  readonly deliveries: number
  readonly seconds: number
}

export interface Steady extends Said {
  readonly perSecond: number
  readonly seconds: number
}

export interface ComeBack {
  /** Milliseconds after the loss, one each. */
  readonly ms: readonly number[]
  readonly attempts: number
  readonly resets: number
}

export type OrderName = keyof CrewOrders
