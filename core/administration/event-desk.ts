import type { Actor } from '../port/requests.ts'
import type { Audit } from '../audit/index.ts'
import { defineErrors } from '../errors.ts'
import type { Bus, ConsumerLag, DeadLetter } from '../events/bus.ts'
import { refusalsNoted } from './audited.ts'

export const eventDeskErrors = defineErrors({
  QL_EVENTS_NO_LETTER: {
    status: 404,
    en: 'There is no such dead letter. Somebody may have dealt with it already.',
    ru: 'Такого недоставленного события нет. Возможно, им уже занялись.',
  },
  QL_EVENTS_NO_CONSUMER: {
    status: 404,
    en: 'There is no such consumer of events.',
    ru: 'Такого получателя событий нет.',
  },
})

/** Consumers of events, and what they have given up. */
export interface EventDesk {
  lag(): Promise<readonly ConsumerLag[]>
  /** Oldest first; at most 100. */
  deadLetters(): Promise<readonly DeadLetter[]>
  /** Puts it back in line with all its attempts. @throws QL_EVENTS_NO_LETTER */
  retry(actor: Actor, consumer: string, seq: number): Promise<void>
  /** Puts it away for good; the event stays in the log. @throws QL_EVENTS_NO_LETTER */
  skip(actor: Actor, consumer: string, seq: number): Promise<void>
  /** Delivers everything from a position on once more. @throws QL_EVENTS_NO_CONSUMER */
  replay(actor: Actor, consumer: string, fromSeq: number): Promise<void>
}

const MAX_LETTERS = 100

export class EventReading implements EventDesk {
  readonly #bus: Bus
  readonly #audit: Audit

  constructor({ bus, audit }: { readonly bus: Bus; readonly audit: Audit }) {
    this.#bus = bus
    this.#audit = audit
  }

  lag(): Promise<readonly ConsumerLag[]> {
    return this.#bus.lag()
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return (await this.#bus.deadLetters.list()).slice(0, MAX_LETTERS)
  }

  retry(actor: Actor, consumer: string, seq: number): Promise<void> {
    return this.#decide(actor, 'event.retried', { consumer, seq }, () =>
      this.#bus.deadLetters.retry(consumer, seq),
    )
  }

  skip(actor: Actor, consumer: string, seq: number): Promise<void> {
    return this.#decide(actor, 'event.skipped', { consumer, seq }, () =>
      this.#bus.deadLetters.skip(consumer, seq),
    )
  }

  async replay(actor: Actor, consumer: string, fromSeq: number): Promise<void> {
    const attempt = { actor, action: 'event.replayed', subject: `consumer/${consumer}` }
    await refusalsNoted(this.#audit, attempt, async () => {
      const known = await this.#bus.lag()
      if (!known.some(({ consumer: name }) => name === consumer)) {
        throw eventDeskErrors.QL_EVENTS_NO_CONSUMER()
      }
      await this.#bus.replay(consumer, fromSeq)
    })
    const by = { actorId: actor.id, sessionId: actor.sessionId }
    await this.#audit.record({ ...attempt, outcome: 'done', ...by, after: { fromSeq } })
  }

  async #decide(
    actor: Actor,
    action: string,
    { consumer, seq }: { readonly consumer: string; readonly seq: number },
    act: () => Promise<void>,
  ): Promise<void> {
    const attempt = { actor, action, subject: `consumer/${consumer}`, after: { seq } }
    await refusalsNoted(this.#audit, attempt, async () => {
      const letters = await this.#bus.deadLetters.list(consumer)
      if (!letters.some((letter) => letter.seq === seq)) throw eventDeskErrors.QL_EVENTS_NO_LETTER()
      await act()
    })
    const by = { actorId: actor.id, sessionId: actor.sessionId }
    await this.#audit.record({ ...attempt, outcome: 'done', ...by })
  }
}
