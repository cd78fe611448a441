import { BackLink, Card, Notice, type Outcome, type Person, type Speech } from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../people/names.ts'
import { PEOPLE_PATH } from '../people/people-query.ts'
import type { ActForManyName } from '../schema.ts'
import { PersonLines } from './selection.tsx'

export type SelectionOutcomeProps = Speech & {
  readonly act: ActForManyName
  readonly outcomes: readonly Outcome[]
  /** As they are now. */
  readonly people: readonly Person[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly from: string
}

/** What became of everybody who was meant, and why of some nothing did. */
export function SelectionOutcome(props: SelectionOutcomeProps): VNode {
  const { t, locale, act, outcomes, people, from } = props
  const problems = new Map(
    outcomes.flatMap(({ userId, problem }) => (problem ? [[userId, problem.text[locale]]] : [])),
  )
  const done = people.filter(({ id }) => !problems.has(id))
  const refused = people.filter(({ id }) => problems.has(id))
  const gone = outcomes.length - people.length
  return (
    <div class="admin-column">
      <BackLink href={PEOPLE_PATH + from} label={t('admin.section.people')} />
      <Notice kind={done.length > 0 ? 'good' : 'warn'}>
        {t(`admin.many.done.${act}`, { count: done.length })}
      </Notice>
      {problems.size > 0 && (
        <Notice kind="bad">{t('admin.many.refused', { count: problems.size })}</Notice>
      )}
      {refused.length > 0 && (
        <Card title={t('admin.many.left')}>
          <PersonLines {...props} people={refused} problems={problems} />
        </Card>
      )}
      {gone > 0 && <p class="muted">{t('admin.many.gone', { count: gone })}</p>}
      {done.length > 0 && (
        <Card title={t('admin.many.done')}>
          <PersonLines {...props} people={done} />
        </Card>
      )}
    </div>
  )
}
