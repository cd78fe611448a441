import {
  Button,
  Card,
  type ConsumerLag,
  type DeadLetter,
  Field,
  Notice,
  Select,
  type Speech,
} from '#core'
import { Fragment, type VNode } from 'preact'
import { seenText } from '../overview/quantities.ts'
import type { EventActName, EventForm } from '../schema.ts'

export type EventsProps = Speech & {
  readonly lag: readonly ConsumerLag[]
  /** Oldest first. */
  readonly letters: readonly DeadLetter[]
  readonly done: EventActName | undefined
  readonly problem: string | undefined
  /** What a refused form has said. */
  readonly typed: Partial<Pick<EventForm, 'act' | 'consumer' | 'from'>>
  readonly timeZone: string
  readonly now: Date
}

export function EventsPage(props: EventsProps): VNode {
  const { t, lag, letters, done, problem } = props
  const total = lag.reduce((sum, { dead }) => sum + dead, 0)
  return (
    <div class="admin-column">
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {problem === undefined && done !== undefined && (
        <Notice kind="good">{t(`admin.events.done.${done}`)}</Notice>
      )}
      <Card title={t('admin.events.dead')} text={t('admin.events.deadText')}>
        {letters.length === 0 ? (
          <p class="muted">{t('admin.events.noDead')}</p>
        ) : (
          <ol class="dead-letters">
            {letters.map((letter) => (
              <Letter key={`${letter.consumer} ${letter.seq}`} {...props} letter={letter} />
            ))}
          </ol>
        )}
        {total > letters.length && (
          <p class="muted">{t('admin.events.deadMore', { count: letters.length, total })}</p>
        )}
      </Card>
      <Card title={t('admin.events.consumers')}>
        {lag.length === 0 ? <p class="muted">{t('admin.events.none')}</p> : <Lag {...props} />}
      </Card>
      {lag.length > 0 && <ReplayCard {...props} />}
    </div>
  )
}

function Letter(props: EventsProps & { readonly letter: DeadLetter }): VNode {
  const { t, letter } = props
  const { consumer, seq, attempts, error, event } = letter
  return (
    <li>
      <p>
        <b>{event.type}</b> · {event.subject}
      </p>
      <p class="muted">
        {consumer} · {seq} · {t('admin.events.attempts', { count: attempts })}
      </p>
      <pre>{error}</pre>
      <details>
        <summary>{t('admin.events.json')}</summary>
        <pre tabindex={0}>{JSON.stringify(event, null, 2)}</pre>
      </details>
      <form method="post">
        <Fixed act="retry" consumer={consumer} seq={seq} />
        <Button kind="primary" size="s">
          {t('admin.events.retry')}
        </Button>
      </form>
      <form method="post" class="event-form">
        <Fixed act="skip" consumer={consumer} seq={seq} />
        <Field
          name="confirm"
          id={`confirm-${seq}-${consumer.replaceAll(/\W/g, '-')}`}
          label={t('admin.events.confirm')}
          placeholder={consumer}
          spelling="off"
        />
        <Button kind="danger">{t('admin.events.skip')}</Button>
      </form>
    </li>
  )
}

type FixedProps = { readonly act: EventActName; readonly consumer: string; readonly seq: number }

function Fixed({ act, consumer, seq }: FixedProps): VNode {
  return (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="consumer" value={consumer} />
      <input type="hidden" name="seq" value={String(seq)} />
    </>
  )
}

function Lag({ t, locale, timeZone, lag, now }: EventsProps): VNode {
  return (
    <div class="plain-scroll" tabindex={0}>
      <table class="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('admin.events.consumer')}</th>
            <th scope="col">{t('admin.events.behind')}</th>
            <th scope="col">{t('admin.events.since')}</th>
            <th scope="col">{t('admin.events.deadCount')}</th>
          </tr>
        </thead>
        <tbody>
          {lag.map(({ consumer, behind, since, dead }) => (
            <tr key={consumer}>
              <th scope="row">
                {consumer.split(/(?<=[/.])/).map((part) => (
                  <Fragment key={part}>
                    {part}
                    <wbr />
                  </Fragment>
                ))}
              </th>
              <td>{behind}</td>
              <td>
                {since === null ? (
                  '–'
                ) : (
                  <time dateTime={since}>{seenText(since, locale, timeZone, now)}</time>
                )}
              </td>
              <td>{dead}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ReplayCard({ t, lag, typed }: EventsProps): VNode {
  const kept = typed.act === 'replay' ? typed : {}
  return (
    <Card title={t('admin.events.replay')} text={t('admin.events.replayText')}>
      <form method="post" class="event-form">
        <input type="hidden" name="act" value="replay" />
        <Select
          name="consumer"
          label={t('admin.events.consumer')}
          value={kept.consumer}
          options={lag.map(({ consumer }) => ({ value: consumer, label: consumer }))}
        />
        <Field
          name="from"
          label={t('admin.events.from')}
          value={kept.from ?? '0'}
          pattern="[0-9]{1,15}"
          required
        />
        <Field name="confirm" label={t('admin.events.confirm')} spelling="off" required />
        <Button kind="danger">{t('admin.events.replay')}</Button>
      </form>
    </Card>
  )
}
