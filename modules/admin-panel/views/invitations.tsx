import {
  Button,
  Card,
  EmptyState,
  Field,
  type Invitation,
  machineDate,
  Notice,
  Select,
  shortDate,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../people/names.ts'
import { INVITATION_DAYS } from '../schema.ts'

export type InvitationsProps = Speech & {
  readonly policy: 'open' | 'invitation' | 'closed'
  readonly invitations: readonly Invitation[]
  readonly shown: ReadonlyMap<string, Shown>
  /** The link just made; nobody is shown it again. */
  readonly made: string | undefined
  readonly isRevoked: boolean
  readonly timeZone: string
  readonly now: Date
}

export function InvitationsPage(props: InvitationsProps): VNode {
  const { t, policy, invitations, made, isRevoked } = props
  return (
    <div class="admin-column">
      {made !== undefined && <Made t={t} url={made} />}
      {made === undefined && isRevoked && (
        <Notice kind="good">{t('admin.invitations.revoked')}</Notice>
      )}
      {policy !== 'invitation' && (
        <Notice kind={policy === 'closed' ? 'warn' : 'info'}>
          {t(`admin.invitations.policy.${policy}`)}{' '}
          <a href="/admin/settings#settings-people">{t('admin.invitations.change')}</a>
        </Notice>
      )}
      <NewCard t={t} />
      <Card title={t('admin.invitations.list')}>
        {invitations.length === 0 ? (
          <EmptyState
            icon="user-plus"
            title={t('admin.invitations.none')}
            text={t('admin.invitations.noneText')}
          />
        ) : (
          <ol class="invitation-rows">
            {invitations.map((invitation) => (
              <Row key={invitation.id} {...props} invitation={invitation} />
            ))}
          </ol>
        )}
      </Card>
    </div>
  )
}

function Made({ t, url }: { readonly t: Speech['t']; readonly url: string }): VNode {
  return (
    <Card title={t('admin.invitations.made')} text={t('admin.invitations.once')} id="made">
      <div class="copy-line" data-copy>
        <div class="field-box">
          <input readOnly value={url} aria-label={t('admin.invitations.link')} />
        </div>
        <Button type="button" kind="primary" icon="copy">
          {t('admin.invitations.copy')}
        </Button>
        <p role="status" data-copied={t('admin.invitations.copied')} />
      </div>
    </Card>
  )
}

function NewCard({ t }: { readonly t: Speech['t'] }): VNode {
  return (
    <Card title={t('admin.invitations.new')} text={t('admin.invitations.newText')} id="new">
      <form method="post" action="/admin/invitations" class="invitation-form">
        <Field
          name="note"
          label={t('admin.invitations.note')}
          help={t('admin.invitations.noteHelp')}
          maxLength={200}
        />
        <Field
          name="maxUses"
          label={t('admin.invitations.uses')}
          value="1"
          pattern="[1-9][0-9]{0,2}|1000"
          help={t('admin.invitations.usesHelp')}
          required
        />
        <Select
          name="days"
          label={t('admin.invitations.days')}
          value="7"
          options={INVITATION_DAYS.map((days) => ({
            value: days,
            label: t('admin.invitations.dayCount', { count: Number(days) }),
          }))}
        />
        <div>
          <Button kind="primary">{t('admin.invitations.create')}</Button>
        </div>
      </form>
    </Card>
  )
}

function Row(props: InvitationsProps & { readonly invitation: Invitation }): VNode {
  const { t, locale, shown, invitation, timeZone, now } = props
  const { id, note, madeBy, maxUses, uses, createdAt, expiresAt, state } = invitation
  const title = note === '' ? t('admin.invitations.noNote') : note
  const by = shown.get(madeBy.id)?.name ?? `@${madeBy.username}`
  return (
    <li>
      <div>
        <p class="invitation-note">
          <b class={note === '' ? 'muted' : undefined}>{title}</b>
          <span class={state === 'open' ? 'state state-good' : 'state'}>
            {t(`admin.invitations.state.${state}`)}
          </span>
        </p>
        <p class="muted">
          {t('admin.invitations.used', { uses, all: maxUses })} · {by},{' '}
          <time dateTime={machineDate(createdAt)}>
            {shortDate(createdAt, locale, timeZone, now)}
          </time>
          {state === 'open' && ' · '}
          {state === 'open' && (
            <time dateTime={machineDate(expiresAt)}>
              {t('admin.invitations.until', { date: shortDate(expiresAt, locale, timeZone, now) })}
            </time>
          )}
        </p>
      </div>
      {state === 'open' && (
        <form method="post" action={`/admin/invitations/${id}/revocation`}>
          <Button size="s" kind="danger" label={t('admin.invitations.revokeWhich', { title })}>
            {t('admin.invitations.revoke')}
          </Button>
        </form>
      )}
    </li>
  )
}
