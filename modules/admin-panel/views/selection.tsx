import {
  type Actor,
  Avatar,
  BackLink,
  Button,
  Card,
  type Person,
  type Role,
  Select,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../people/names.ts'
import { PEOPLE_PATH } from '../people/people-query.ts'
import { mayChoose } from '../policy.ts'
import type { ActForManyName } from '../schema.ts'
import { BlockFields } from './block-fields.tsx'
import { StatusBadge } from './person-row.tsx'

export type SelectionProps = Speech & {
  readonly act: ActForManyName
  readonly people: readonly Person[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly actor: Actor
  /** What the actor may give. */
  readonly roles: readonly Role[]
  /** The filters one comes from, as an address says them. */
  readonly from: string
}

/** Says how many and whom before anything is done. */
export function SelectionPage(props: SelectionProps): VNode {
  const { t, act, people, actor, from } = props
  const meant = people.filter((person) => mayChoose(actor, person))
  const left = people.filter((person) => !mayChoose(actor, person))
  const what = t(`admin.many.do.${act}`, { count: meant.length })
  return (
    <div class="admin-column">
      <BackLink href={PEOPLE_PATH + from} label={t('admin.section.people')} />
      <Card title={t('admin.many.ask', { what })} text={t(`admin.many.text.${act}`)}>
        <PersonLines {...props} people={meant} />
        <form method="post" action={`${PEOPLE_PATH}/selection/acts`} class="person-form">
          <input type="hidden" name="act" value={act} />
          <input type="hidden" name="from" value={from} />
          {meant.map(({ id }) => (
            <input key={id} type="hidden" name="people" value={id} />
          ))}
          <Fields {...props} />
          <div class="selection-answer">
            <Button kind={act === 'unblock' ? 'primary' : 'danger'}>{what}</Button>
            <a class="button button-quiet button-m" href={PEOPLE_PATH + from}>
              {t('admin.many.cancel')}
            </a>
          </div>
        </form>
      </Card>
      {left.length > 0 && (
        <Card title={t('admin.many.left')} text={t('admin.many.leftText')}>
          <PersonLines {...props} people={left} />
        </Card>
      )}
    </div>
  )
}

function Fields({ t, act, roles }: SelectionProps): VNode | null {
  switch (act) {
    case 'role':
      return (
        <Select
          name="role"
          label={t('admin.people.role')}
          value="member"
          options={roles.map((role) => ({ value: role, label: t(`admin.role.${role}`) }))}
        />
      )
    case 'block':
      return <BlockFields t={t} />
    case 'unblock':
    case 'end-sessions':
      return null
  }
}

type LinesProps = Pick<SelectionProps, 't' | 'people' | 'shown'> & {
  /** What became of each, where something was done. */
  readonly problems?: ReadonlyMap<string, string>
}

export function PersonLines({ t, people, shown, problems }: LinesProps): VNode {
  return (
    <ul class="person-lines">
      {people.map((person) => {
        const { name = person.username, avatar } = shown.get(person.id) ?? {}
        const problem = problems?.get(person.id)
        return (
          <li key={person.id}>
            <Avatar name={name} username={person.username} src={avatar} size={40} />
            <a href={`/admin/people/${person.id}`}>
              <b>{name}</b>
              <span>@{person.username}</span>
            </a>
            {problem === undefined ? (
              <>
                <span class={`role role-${person.role}`}>{t(`admin.role.${person.role}`)}</span>
                <StatusBadge t={t} status={person.status} />
              </>
            ) : (
              <p class="person-problem">{problem}</p>
            )}
          </li>
        )
      })}
    </ul>
  )
}
