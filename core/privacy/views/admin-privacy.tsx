import type { VNode } from 'preact'
import {
  BackLink,
  Button,
  Card,
  EmptyState,
  LinkButton,
  type Speech,
} from '../../../templates/index.ts'

export type AdminErasure = {
  readonly id: string
  readonly who: string
  readonly content: string
  readonly due: string
}

export type AdminReport = {
  readonly day: string
  readonly removed: readonly { readonly what: string; readonly count: number }[]
}

export type AdminDocument = {
  readonly document: string
  readonly title: string
  readonly version: number
  readonly day: string
  readonly isShipped: boolean
}

export type AdminPrivacyProps = Speech & {
  readonly erasures: readonly AdminErasure[]
  readonly documents: readonly AdminDocument[]
  readonly reports: readonly AdminReport[]
  readonly periods: readonly { readonly what: string; readonly days: number }[]
  readonly archives: number
}

/** What the operator owes to people: requests with their day, texts, terms of keeping. */
export function AdminPrivacy(props: AdminPrivacyProps): VNode {
  const { t, documents } = props
  return (
    <div class="admin-privacy">
      <Erasures {...props} />
      <Card title={t('adminPrivacy.documents')} text={t('adminPrivacy.documentsText')}>
        <ul class="admin-privacy-list">
          {documents.map((each) => (
            <li key={each.document}>
              <a href={`/admin/privacy/documents/${each.document}`}>{each.title}</a>
              <span>{t('legal.version', { version: each.version, day: each.day })}</span>
              <span>{t(each.isShipped ? 'adminPrivacy.shipped' : 'adminPrivacy.own')}</span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('adminPrivacy.consents')} text={t('adminPrivacy.consentsText')}>
        <Search t={t} query="" />
      </Card>
      <Retention {...props} />
    </div>
  )
}

function Erasures({ t, erasures, archives }: AdminPrivacyProps): VNode {
  return (
    <Card title={t('adminPrivacy.requests')} text={t('adminPrivacy.archives', { count: archives })}>
      {erasures.length === 0 && (
        <EmptyState
          icon="check"
          title={t('adminPrivacy.noRequests')}
          text={t('adminPrivacy.noRequestsText')}
        />
      )}
      <ul class="admin-privacy-list">
        {erasures.map(({ id, who, content, due }) => (
          <li key={id}>
            <b>{who}</b>
            <span>{t(`deletion.${content}`)}</span>
            <span>{t('adminPrivacy.due', { day: due })}</span>
            <form class="data-buttons" method="post" action={`/admin/privacy/erasures/${id}`}>
              <Button kind="line" name="action" value="cancel">
                {t('adminPrivacy.cancel')}
              </Button>
              <details class="admin-privacy-sure">
                <summary>{t('adminPrivacy.fulfil')}</summary>
                <p>{t('adminPrivacy.sure', { who })}</p>
                <Button kind="danger" name="action" value="fulfil" icon="trash-2">
                  {t('adminPrivacy.fulfilNow', { who })}
                </Button>
              </details>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Retention({ t, reports, periods }: AdminPrivacyProps): VNode {
  return (
    <Card title={t('adminPrivacy.retention')} text={t('adminPrivacy.retentionText')}>
      <dl class="facts">
        {periods.map(({ what, days }) => (
          <div key={what}>
            <dt>{t(`adminPrivacy.period.${what}`)}</dt>
            <dd>{t('adminPrivacy.days', { days })}</dd>
          </div>
        ))}
      </dl>
      {reports.length === 0 && <p class="field-help">{t('adminPrivacy.noReports')}</p>}
      <ul class="admin-privacy-list">
        {reports.map(({ day, removed }) => (
          <li>
            <b>{day}</b>
            {removed.length === 0 && <span>{t('adminPrivacy.nothing')}</span>}
            {removed.map(({ what, count }) => (
              <span key={what}>
                {t(`adminPrivacy.removed.${what}`)}:{' '}
                {count < 0 ? t('adminPrivacy.failed') : String(count)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Search({ t, query }: { readonly t: Speech['t']; readonly query: string }): VNode {
  return (
    <form class="data-buttons" method="get" action="/admin/privacy/consents" role="search">
      <label>
        <span class="visually-hidden">{t('adminPrivacy.person')}</span>
        <span class="field-box">
          <input name="q" type="search" value={query} placeholder={t('adminPrivacy.person')} />
        </span>
      </label>
      <Button kind="line" icon="search">
        {t('adminPrivacy.find')}
      </Button>
      <LinkButton href={`/admin/privacy/consents.csv?q=${encodeURIComponent(query)}`} kind="quiet">
        CSV
      </LinkButton>
    </form>
  )
}

export type AdminConsent = {
  readonly id: string
  readonly who: string
  readonly purpose: string
  readonly action: string
  readonly version: number
  readonly at: string
  readonly method: string
  readonly ip: string
}

export type AdminConsentsProps = Speech & {
  readonly query: string
  readonly rows: readonly AdminConsent[]
  readonly next: string | undefined
}

const COLUMNS = ['who', 'purpose', 'action', 'version', 'at', 'method', 'ip'] as const

/** The records of consents, as proof. */
export function AdminConsents({ t, query, rows, next }: AdminConsentsProps): VNode {
  return (
    <div class="admin-privacy">
      <BackLink href="/admin/privacy" label={t('adminPrivacy.title')} />
      <Card>
        <Search t={t} query={query} />
        {rows.length === 0 ? (
          <p>{t('adminPrivacy.noConsents')}</p>
        ) : (
          <div class="admin-privacy-scroll" tabindex={0}>
            <table>
              <thead>
                <tr>
                  {COLUMNS.map((name) => (
                    <th key={name} scope="col">
                      {t(`adminPrivacy.column.${name}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    {COLUMNS.map((name) => (
                      <td key={name} data-name={t(`adminPrivacy.column.${name}`)}>
                        {shown(t, name, row[name])}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {next !== undefined && <LinkButton href={next}>{t('adminPrivacy.more')}</LinkButton>}
      </Card>
    </div>
  )
}

/** What the records keep as a word of the program is said in the reader's language. */
const SPOKEN = new Set(['purpose', 'action', 'method'])

function shown(t: Speech['t'], name: string, value: string | number): string {
  return SPOKEN.has(name) ? t(`adminPrivacy.${name}.${value}`) : String(value)
}
