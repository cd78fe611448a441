import { Button, Icon, type Speech } from '#core'
import type { VNode } from 'preact'
import type { PeopleColumns } from '../people/people-columns.ts'
import { type AskedPeople, searchOf } from '../people/people-query.ts'

type Props = Pick<Speech, 't'> & {
  readonly asked: AskedPeople
  readonly columns: PeopleColumns
}

/** Which columns stand in the table; a form, so it needs no script. */
export function ColumnChooser({ t, asked, columns }: Props): VNode {
  return (
    <details class="filter column-chooser" name="filters">
      <summary>
        <Icon name="sliders-horizontal" size={18} />
        <span>{t('admin.people.columns')}</span>
      </summary>
      <form class="drop" method="post" action="/admin/people/columns">
        <input type="hidden" name="from" value={searchOf(asked)} />
        <fieldset>
          <legend class="visually-hidden">{t('admin.people.columns')}</legend>
          {columns.all.map(({ name, label, isShown }) => (
            <label key={name}>
              <span class="check">
                <input type="checkbox" name="shown" value={name} checked={isShown} />
              </span>
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <Button kind="soft">{t('admin.people.columns.show')}</Button>
      </form>
    </details>
  )
}
