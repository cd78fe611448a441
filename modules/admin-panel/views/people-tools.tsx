import { LinkButton, type Speech } from '#core'
import type { VNode } from 'preact'

type ToolsProps = Pick<Speech, 't'> & {
  /** The filters that hold, `?` and all. */
  readonly search: string
}

/** Beside the title: a table to take along, and the way in for somebody new. */
export function PeopleTools({ t, search }: ToolsProps): VNode {
  return (
    <>
      <LinkButton
        kind="quiet"
        icon="download"
        href={`/admin/people/export${search}`}
        label={t('admin.people.export')}
      />
      <LinkButton
        kind="primary"
        icon="user-plus"
        href="/admin/invitations"
        label={t('admin.people.invite')}
        class="people-invite"
      >
        <span>{t('admin.people.invite')}</span>
      </LinkButton>
    </>
  )
}
