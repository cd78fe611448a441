import { BackLink, Button, Card, type Speech } from '#core'
import type { VNode } from 'preact'
import { PEOPLE_PATH } from '../people/people-query.ts'
import { countText } from '../overview/quantities.ts'

export type PeopleExportProps = Speech & {
  readonly total: number
  /** The filters that hold, as an address says them. */
  readonly from: string
}

/** What the table holds, before it is taken along. */
export function PeopleExport({ t, locale, total, from }: PeopleExportProps): VNode {
  return (
    <div class="admin-column">
      <BackLink href={PEOPLE_PATH + from} label={t('admin.section.people')} />
      <Card
        title={t('admin.export.title', { count: total, number: countText(total, locale) })}
        text={t('admin.export.text')}
      >
        <p class="muted export-care">{t('admin.export.care')}</p>
        <form method="post" class="person-form">
          <input type="hidden" name="from" value={from} />
          <Button kind="primary" icon="download">
            {t('admin.export.do')}
          </Button>
        </form>
      </Card>
    </div>
  )
}
