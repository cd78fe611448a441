import {
  Button,
  EmptyState,
  Icon,
  type Locale,
  machineDate,
  Pagination,
  shortDate,
  type Speech,
  TextArea,
} from '#core'
import type { VNode } from 'preact'
import type { Named } from '../names.ts'
import type { Report } from '../schema.ts'

export type QueueProps = Speech & {
  readonly state: string
  readonly open: number
  readonly reports: readonly Report[]
  readonly names: ReadonlyMap<string, Named>
  /** True right after a decision. */
  readonly decided: boolean
  readonly next: string | undefined
}

/** What waits for a moderator, with the answers in place. */
export function QueuePage(props: QueueProps): VNode {
  const { t, state, open, reports, next } = props
  const tabs = ['open', 'accepted', 'dismissed']
  return (
    <div class="narrow">
      <header class="page-head">
        <h1>{t('moderation.queue.title')}</h1>
        {props.decided && (
          <p class="saved" role="status">
            <Icon name="check" size={18} />
            {t('moderation.queue.decided')}
          </p>
        )}
      </header>
      <nav class="profile-tabs" aria-label={t('moderation.queue.tabs')}>
        {tabs.map((tab) => (
          <a
            key={tab}
            href={`/reports?state=${tab}`}
            aria-current={tab === state ? 'page' : undefined}
          >
            {t(`moderation.state.${tab}`, { count: open })}
          </a>
        ))}
      </nav>
      {reports.length === 0 ? (
        <EmptyState
          icon="check"
          title={t('moderation.queue.empty')}
          text={t('moderation.queue.emptyText')}
        />
      ) : (
        <ol class="reports">
          {reports.map((report) => (
            <Item key={report.id} {...props} report={report} />
          ))}
        </ol>
      )}
      <Pagination href={next} label={t('moderation.queue.more')} />
    </div>
  )
}

function Item(props: QueueProps & { readonly report: Report }): VNode {
  const { t, locale, names, report } = props
  return (
    <li class="report">
      <p class="report-head">
        <b>{t(`moderation.reason.${report.reason}`)}</b>
        <time datetime={machineDate(report.createdAt)}>
          {shortDate(report.createdAt, locale, 'UTC')}
        </time>
      </p>
      <p>
        <a href={report.path}>{report.path}</a>
      </p>
      {report.text !== '' && <blockquote class="report-text">{report.text}</blockquote>}
      <p class="report-by">
        {t('moderation.queue.by', { name: nameOf(names, report.reporterId, t) })}
      </p>
      {report.state === 'open' ? <Answers t={t} id={report.id} /> : <Outcome {...props} />}
    </li>
  )
}

function Answers({ t, id }: { readonly t: Speech['t']; readonly id: string }): VNode {
  return (
    <form class="stack" method="post" action={`/reports/${id}`}>
      <TextArea name="note" id={`note-${id}`} label={t('moderation.queue.note')} value="" />
      <div class="report-answers">
        <Button kind="primary" name="decision" value="accepted">
          {t('moderation.accept')}
        </Button>
        <Button kind="line" name="decision" value="dismissed">
          {t('moderation.dismiss')}
        </Button>
      </div>
    </form>
  )
}

function Outcome({
  t,
  locale,
  names,
  report,
}: QueueProps & { readonly report: Report; readonly locale: Locale }): VNode {
  const name = nameOf(names, report.decidedBy ?? '', t)
  const date = shortDate(report.decidedAt ?? report.createdAt, locale, 'UTC')
  return (
    <p class="report-by">
      {t('moderation.queue.decidedBy', { name, date })}
      {report.note !== '' && `: ${report.note}`}
    </p>
  )
}

function nameOf(names: QueueProps['names'], id: string, t: Speech['t']): string {
  return names.get(id)?.name ?? t('moderation.queue.gone')
}
