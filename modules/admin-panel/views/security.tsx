import {
  Button,
  Card,
  Chip,
  Field,
  fullDate,
  type LimitsInForce,
  LinkButton,
  Notice,
  Pagination,
  type Speech,
  timeOfDay,
  type Verification,
} from '#core'
import type { VNode } from 'preact'
import { AREAS } from '../audit-filter.ts'
import { LimitsCard } from './limits-card.tsx'
import { LogRows, type LogRowsProps } from './log-rows.tsx'

export type SecurityProps = Speech &
  LogRowsProps & {
    /** What the filters hold, as it was typed. */
    readonly typed: Readonly<Record<string, string>>
    readonly seal: Verification | null
    readonly limits: LimitsInForce
    readonly next: string | undefined
    readonly areaHref: (area: string) => string
    readonly refusedHref: string
    readonly csvHref: string
    readonly isOwner: boolean
    /** How many sessions have just been ended. */
    readonly ended: number | undefined
    readonly jsonHref: string
  }

export function SecurityPage(props: SecurityProps): VNode {
  const { t, typed, next, areaHref, refusedHref, csvHref, jsonHref } = props
  const area = typed['area'] ?? ''
  const isFiltered = Object.values(typed).some((value) => value !== '')
  return (
    <div class="admin-column">
      <Seal {...props} />
      <nav class="admin-chips" aria-label={t('admin.security.filters')}>
        {['', ...AREAS].map((name) => (
          <Chip key={name} href={areaHref(name)} active={name === area}>
            {t(`admin.security.area.${name === '' ? 'all' : name}`)}
          </Chip>
        ))}
        <Chip href={refusedHref} active={typed['outcome'] === 'refused'} icon="shield-alert">
          {t('admin.security.refused')}
        </Chip>
      </nav>
      <form class="log-filter" action="/admin/security">
        {['area', 'outcome'].map((name) => (
          <input key={name} type="hidden" name={name} value={typed[name]} />
        ))}
        <Field name="from" type="date" label={t('admin.security.from')} value={typed['from']} />
        <Field name="until" type="date" label={t('admin.security.until')} value={typed['until']} />
        <Field
          name="actorId"
          label={t('admin.security.who')}
          value={typed['actorId']}
          placeholder="@"
          autocomplete="off"
          spelling="off"
          maxLength={64}
        />
        <Button>{t('admin.security.show')}</Button>
      </form>
      <Card
        title={t('admin.person.log')}
        action={
          <span class="admin-own">
            <LinkButton href={csvHref} size="s" icon="download">
              {t('admin.security.csv')}
            </LinkButton>
            <LinkButton href={jsonHref} size="s" icon="download">
              {t('admin.security.json')}
            </LinkButton>
          </span>
        }
      >
        <LogRows {...props} emptyText={isFiltered ? t('admin.log.nothingFound') : undefined} />
      </Card>
      <Pagination href={next} label={t('admin.more')} />
      <LimitsCard {...props} />
      {props.isOwner && <Sessions {...props} />}
    </div>
  )
}

function Seal(props: SecurityProps): VNode {
  const { t, seal } = props
  return (
    <Card title={t('admin.security.seal')} text={t('admin.security.sealText')} id="seal">
      <div class="stack">
        {seal === null ? (
          <p class="muted">{t('admin.security.never')}</p>
        ) : (
          <Notice kind={seal.isWhole ? 'good' : 'bad'}>{sealText(seal, props)}</Notice>
        )}
        <form method="post" action="/admin/security/verification">
          <Button size="s" icon="shield-check">
            {t('admin.security.verify')}
          </Button>
        </form>
      </div>
    </Card>
  )
}

/** For an owner who thinks that somebody has got into more than one account. */
function Sessions({ t, ended }: SecurityProps): VNode {
  return (
    <Card
      title={t('admin.security.sessions')}
      text={t('admin.security.sessionsText')}
      id="sessions"
    >
      <div class="stack">
        {ended !== undefined && (
          <Notice kind="good">{t('admin.security.ended', { count: ended })}</Notice>
        )}
        <form method="post" action="/admin/security/sessions">
          <Button kind="danger" size="s">
            {t('admin.security.endEverybody')}
          </Button>
        </form>
      </div>
    </Card>
  )
}

type Reader = Pick<SecurityProps, 't' | 'locale' | 'timeZone'>

function sealText(seal: Verification, { t, locale, timeZone }: Reader): string {
  const date = `${fullDate(seal.at, locale, timeZone)}, ${timeOfDay(seal.at, locale, timeZone)}`
  if (seal.isWhole) return t('admin.security.whole', { rows: seal.rows, date })
  return t(`admin.security.${seal.fault}`, { seq: seal.brokenSeq, date })
}
