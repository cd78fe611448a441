import type { VNode } from 'preact'
import {
  Button,
  Card,
  EmptyState,
  Icon,
  LinkButton,
  Notice,
  type Speech,
} from '../../../templates/index.ts'

export type ShownBackup = {
  readonly name: string
  readonly kind: 'daily' | 'by-hand'
  readonly at: string
  /** As people read it: the day and the time. */
  readonly time: string
  readonly size: string
  readonly check: { readonly time: string; readonly problem: string | null } | null
}

export type AdminBackupsProps = Speech & {
  readonly items: readonly ShownBackup[]
  readonly running: { readonly step: string; readonly percent: number | null } | null
  /** What was wrong with the last one; null when nothing was. */
  readonly problem: string | null
  readonly isDaily: boolean
  readonly keep: number
  readonly isOwner: boolean
}

/** The station's copies: make one, look at whether each can be trusted, take it along. */
export function AdminBackups(props: AdminBackupsProps): VNode {
  const { t, running, problem, isDaily, keep } = props
  const text = isDaily ? t('backups.daily', { keep }) : t('backups.notDaily')
  return (
    <div class="admin-column">
      {problem !== null && (
        <Notice kind="bad" title={t('backups.failed')}>
          <p>{problem}</p>
        </Notice>
      )}
      <Card title={t('backups.now')} text={text}>
        {running ? <Running t={t} {...running} /> : <Begin t={t} />}
      </Card>
      <Card title={t('backups.list')} text={t('backups.listText')}>
        <List {...props} />
      </Card>
      <p class="muted">{t('backups.missing')}</p>
    </div>
  )
}

function Begin({ t }: Pick<Speech, 't'>): VNode {
  return (
    <form method="post" action="/admin/backups">
      <Button kind="primary" icon="hard-drive">
        {t('backups.make')}
      </Button>
    </form>
  )
}

type RunningProps = Pick<Speech, 't'> & { readonly step: string; readonly percent: number | null }

/** Reloads by itself where scripts run; without them the link does it. */
function Running({ t, step, percent }: RunningProps): VNode {
  return (
    <div class="backup-run" data-backup>
      <p role="status">
        <span
          data-backup-step
          data-database={t('backups.step.database')}
          data-files={t('backups.step.files')}
          data-check={t('backups.step.check')}
        >
          {t(`backups.step.${step}`)}
        </span>{' '}
        <strong data-backup-percent>
          {percent === null ? '' : t('backups.percent', { percent })}
        </strong>
      </p>
      <progress
        max="100"
        {...(percent === null ? {} : { value: String(percent) })}
        aria-label={t('backups.running')}
      />
      <LinkButton href="/admin/backups" kind="quiet" icon="refresh-cw">
        {t('backups.look')}
      </LinkButton>
    </div>
  )
}

function List({ t, items, isOwner, running }: AdminBackupsProps): VNode {
  if (items.length === 0) {
    return <EmptyState icon="hard-drive" title={t('backups.none')} text={t('backups.noneText')} />
  }
  return (
    <ul class="backup-list">
      {items.map((item) => (
        <li key={item.name}>
          <div class="backup-about">
            <b>
              <time dateTime={item.at}>{item.time}</time>
            </b>
            <span>
              {t(`backups.kind.${item.kind}`)} · {item.size}
            </span>
            <Checked t={t} check={item.check} />
          </div>
          <div class="backup-actions">
            {running === null && (
              <form method="post" action={`/admin/backups/${item.name}/check`}>
                <Button kind="quiet" size="s" icon="shield-check">
                  {t('backups.check')}
                </Button>
              </form>
            )}
            {isOwner && (
              <LinkButton href={`/admin/backups/${item.name}`} kind="line" size="s" icon="download">
                {t('backups.download')}
              </LinkButton>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Checked({ t, check }: Pick<Speech, 't'> & Pick<ShownBackup, 'check'>): VNode {
  if (!check) {
    return (
      <span class="backup-check">
        <Icon name="clock" size={18} />
        {t('backups.unchecked')}
      </span>
    )
  }
  const { problem, time } = check
  return (
    <span class={problem === null ? 'backup-check is-good' : 'backup-check is-bad'}>
      <Icon name={problem === null ? 'shield-check' : 'circle-alert'} size={18} />
      {problem ?? t('backups.whole', { time })}
    </span>
  )
}
