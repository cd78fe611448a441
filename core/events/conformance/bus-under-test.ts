import type { Database } from '../../../db/index.ts'
import type { CloudEvent } from '../../port/events.ts'
import type { Bus, Consumer, Deliver, NewEvent } from '../bus.ts'

/** A bus over a database of its own, with a clock the suite can move. */
export interface BusUnderTest extends AsyncDisposable {
  /** The one that runs now. */
  readonly bus: Bus
  readonly database: Database
  advance(time: { seconds: number }): void
  /** Ends the bus in order and begins another one over the same log. */
  reopen(): Promise<void>
}

/** A sentence for each behaviour, and what shows it on a fresh bus. */
export type Behaviours = Readonly<Record<string, (t: BusUnderTest) => Promise<void>>>

export function thing(text: string, subject = `thing/${text}`): NewEvent {
  return { type: 'thing.done', source: '/test', subject, data: { text } }
}

export function publish(t: BusUnderTest, text: string, subject?: string): Promise<CloudEvent> {
  return t.database.transaction((tx) => t.bus.publish(tx, thing(text, subject)))
}

/** Consumes `thing.done`. */
export function consume(
  { bus }: BusUnderTest,
  name: string,
  deliver: Deliver,
  from: 'new' | 'beginning' = 'new',
): Promise<Consumer> {
  return bus.consume({ name, module: name.split('/')[0] ?? '', type: 'thing.done', from }, deliver)
}

/** A consumer that only remembers what it was given. */
export async function collect(
  t: BusUnderTest,
  name: string,
  from?: 'new' | 'beginning',
): Promise<readonly string[]> {
  const seen: string[] = []
  await consume(t, name, (event) => void seen.push(textOf(event)), from)
  return seen
}

export function textOf(event: CloudEvent): string {
  return (event.data as { text: string }).text
}

/** Moves the clock past the waits after the first failures, settling each time. */
export async function passWaits(t: BusUnderTest, ...seconds: readonly number[]): Promise<void> {
  for (const wait of seconds) {
    t.advance({ seconds: wait })
    await t.bus.settle()
  }
}
