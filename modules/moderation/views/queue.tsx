import {
  Button,
  Chip,
  EmptyState,
  type Locale,
  machineDate,
  Pagination,
  shortDate,
  type Speech,
  TextArea,
  UndoToast,
} from '#core'
import type { VNode } from 'preact'
import { QUEUE_PATH } from '../desk.ts'
import type { Named } from '../names.ts'
import type { Report } from '../schema.ts'

export type QueueProps = Speech & {
  readonly state: string
  readonly open: number
  readonly reports: readonly Report[]
  readonly names: ReadonlyMap<string, Named>
  /** What this moderator has decided a moment ago. */
  readonly decided: string | undefined
  readonly next: string | undefined
}

/** What waits for a moderator, with the answers in place. */
export function QueuePage(props: QueueProps): VNode {
  const { t, state, open, reports, next } = props
  const tabs = ['open', 'accepted', 'dismissed']
  return (
    <div class="admin-column">
      <nav class="admin-chips" aria-label={t('moderation.queue.tabs')}>
        {tabs.map((tab) => (
          <Chip key={tab} href={`${QUEUE_PATH}?state=${tab}`} active={tab === state}>
            {t(`moderation.state.${tab}`, { count: open })}
          </Chip>
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
      <Undo t={t} decided={props.decided} back={QUEUE_PATH} />
    </div>
  )
}

export type WaitingProps = Pick<
  QueueProps,
  't' | 'locale' | 'reports' | 'names' | 'open' | 'decided'
> & {
  /** Where a decision comes back to. */
  readonly back: string | undefined
}

/** The head of the queue on the dashboard: what is said, about what, and two answers. */
export function Waiting(props: WaitingProps): VNode {
  const { t, locale, reports, names, open, back, decided } = props
  const undo = <Undo t={t} decided={decided} back={back} />
  if (reports.length === 0) {
    return (
      <div class="waiting">
        <p class="muted">{t('moderation.queue.emptyText')}</p>
        {undo}
      </div>
    )
  }
  return (
    <div class="waiting">
      <ol class="waiting-list">
        {reports.map((report) => (
          <li key={report.id}>
            <p class="report-head">
              <b>{t(`moderation.reason.${report.reason}`)}</b>
              <time datetime={machineDate(report.createdAt)}>
                {shortDate(report.createdAt, locale, 'UTC')}
              </time>
            </p>
            <p class="waiting-about">
              <a href={report.path}>{decoded(report.path)}</a>
              <span> · {nameOf(names, report.reporterId, t)}</span>
            </p>
            {report.text !== '' && <blockquote class="waiting-text">{report.text}</blockquote>}
            <form class="report-answers" method="post" action={`${QUEUE_PATH}/${report.id}`}>
              {back !== undefined && <input type="hidden" name="back" value={back} />}
              <Button size="s" kind="soft" name="decision" value="accepted">
                {t('moderation.accept')}
              </Button>
              <Button size="s" kind="line" name="decision" value="dismissed">
                {t('moderation.dismiss')}
              </Button>
            </form>
          </li>
        ))}
      </ol>
      <a class="more-link" href={QUEUE_PATH}>
        {t('moderation.all', { count: open })}
      </a>
      {undo}
    </div>
  )
}

type UndoProps = Pick<WaitingProps, 't' | 'decided' | 'back'>

function Undo({ t, decided, back }: UndoProps): VNode | null {
  if (decided === undefined) return null
  return (
    <UndoToast
      text={t('moderation.queue.decided')}
      label={t('moderation.undo')}
      action={`${QUEUE_PATH}/${decided}/undo`}
      fields={back === undefined ? {} : { back }}
    />
  )
}

/** As people read an address; one that is not percent-encoded text stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
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
        <a href={report.path}>{decoded(report.path)}</a>
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
    <form class="stack" method="post" action={`${QUEUE_PATH}/${id}`}>
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
