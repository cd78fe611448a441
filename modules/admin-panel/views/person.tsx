import {
  type Actor,
  type AuditRecord,
  Avatar,
  Button,
  Card,
  fullDate,
  BackLink,
  Icon,
  Notice,
  type PagePart,
  type Person,
  type PersonSession,
  type Role,
  Select,
  type Speech,
} from '#core'
import type { VNode } from 'preact'
import { type Shown, shortName } from '../names.ts'
import { bytesText, seenText } from '../quantities.ts'
import type { PersonDone } from '../schema.ts'
import { BlockFields } from './block-fields.tsx'
import { LogRows } from './log-rows.tsx'
import { Part } from './part.tsx'
import { StatusBadge } from './person-row.tsx'

export type PersonProps = Speech & {
  readonly actor: Actor
  readonly person: Person
  readonly name: string
  readonly avatar: string | undefined
  readonly mayChange: boolean
  /** What the actor may give. */
  readonly roles: readonly Role[]
  readonly sessions: readonly PersonSession[]
  readonly log: readonly AuditRecord[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly parts: readonly PagePart[]
  readonly done: PersonDone | undefined
  /** Why the last act was refused. */
  readonly problem: string | undefined
  readonly timeZone: string
  readonly now: Date
}

export function PersonPage(props: PersonProps): VNode {
  const { t, actor, person, done, problem, mayChange, parts, name } = props
  return (
    <div class="admin-column">
      <BackLink href="/admin/people" label={t('admin.section.people')} />
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      {problem === undefined && done !== undefined && (
        <Notice kind="good">{t(`admin.person.done.${done}`, { name })}</Notice>
      )}
      <Facts {...props} />
      {mayChange && <RoleCard {...props} />}
      <Sessions {...props} />
      {parts.map((part, index) => (
        <Part key={index} part={part} title={part.title} />
      ))}
      <Card title={t('admin.person.log')} id="log">
        <LogRows {...props} />
      </Card>
      {mayChange && actor.id !== person.id && <WayIn {...props} />}
      {mayChange && <BlockCard {...props} />}
      {!mayChange && <p class="muted">{t('admin.person.above')}</p>}
    </div>
  )
}

function Facts({ t, locale, person, name, avatar, timeZone, now }: PersonProps): VNode {
  const facts: readonly (readonly [label: string, value: string])[] = [
    [t('admin.person.email'), person.email],
    [t('admin.person.since'), fullDate(person.createdAt, locale, timeZone)],
    [
      t('admin.people.seen'),
      person.isOnline
        ? t('admin.people.here')
        : person.seenAt === null
          ? t('admin.people.never')
          : seenText(person.seenAt, locale, timeZone, now),
    ],
    [
      t('admin.people.stored'),
      t('admin.people.storedOf', {
        used: bytesText(person.storedBytes, locale),
        quota: bytesText(person.quotaBytes, locale),
      }),
    ],
    [t('admin.person.factor'), t(person.hasSecondFactor ? 'admin.yes' : 'admin.no')],
  ]
  return (
    <Card class="person-facts">
      <div class="person-who">
        <Avatar name={name} username={person.username} src={avatar} size={72} />
        <div>
          <p class="person-name">{name}</p>
          <p class="person-marks">
            <span class={`role role-${person.role}`}>{t(`admin.role.${person.role}`)}</span>
            <StatusBadge t={t} status={person.status} />
          </p>
          <a href={`/user/${person.username}`}>{t('admin.people.profile')}</a>
        </div>
      </div>
      <dl>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function RoleCard({ t, person, roles, name }: PersonProps): VNode {
  return (
    <Card title={t('admin.people.changeRole')} text={t('admin.person.roleText')} id="role">
      <form method="post" class="person-form">
        <input type="hidden" name="act" value="role" />
        <Select
          name="role"
          label={t('admin.people.role')}
          value={person.role}
          options={roles.map((role) => ({ value: role, label: t(`admin.role.${role}`) }))}
        />
        <Button kind="primary">{t('admin.person.roleSave', { name: shortName(name) })}</Button>
      </form>
    </Card>
  )
}

function Sessions(props: PersonProps): VNode {
  const { t, locale, sessions, mayChange, actor, timeZone, now } = props
  return (
    <Card title={t('admin.person.sessions', { count: sessions.length })} id="sessions">
      {sessions.length === 0 ? (
        <p class="muted">{t('admin.person.noSessions')}</p>
      ) : (
        <ul class="session-rows">
          {sessions.map((session) => (
            <li key={session.id}>
              <Icon name="monitor" />
              <div>
                <p title={session.userAgent}>{deviceText(session, t)}</p>
                <p class="muted">
                  {session.ip} · {seenText(session.usedAt, locale, timeZone, now)}
                  {session.id === actor.sessionId && ` · ${t('admin.person.thisOne')}`}
                </p>
              </div>
              {mayChange && (
                <form method="post">
                  <input type="hidden" name="act" value="end-session" />
                  <input type="hidden" name="session" value={session.id} />
                  <Button size="s">{t('admin.person.end')}</Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && sessions.length > 1 && (
        <form method="post" class="person-all">
          <input type="hidden" name="act" value="end-sessions" />
          <Button kind="danger" size="s">
            {t('admin.person.endAll', { count: sessions.length })}
          </Button>
        </form>
      )}
    </Card>
  )
}

function deviceText({ device }: PersonSession, t: Speech['t']): string {
  const named = [device.browser, device.system].filter((part) => part !== '').join(', ')
  return named === '' ? t('admin.person.program') : named
}

/** What lets a person in again who cannot get in. */
function WayIn(props: PersonProps): VNode {
  const { person } = props
  return (
    <>
      {person.status === 'active' && <ResetCard {...props} />}
      {person.hasSecondFactor && <FactorCard {...props} />}
    </>
  )
}

function ResetCard({ t, name }: PersonProps): VNode {
  return (
    <Card title={t('admin.person.reset')} text={t('admin.person.resetText')} id="reset">
      <form method="post">
        <input type="hidden" name="act" value="reset" />
        <Button icon="mail">{t('admin.person.resetSend', { name: shortName(name) })}</Button>
      </form>
    </Card>
  )
}

/** Of who has lost it, with the codes on paper. */
function FactorCard({ t, name }: PersonProps): VNode {
  return (
    <Card title={t('admin.person.takeFactor')} text={t('admin.person.takeFactorText')} id="factor">
      <form method="post">
        <input type="hidden" name="act" value="take-factor" />
        <Button kind="danger">{t('admin.person.takeFactorDo', { name: shortName(name) })}</Button>
      </form>
    </Card>
  )
}

function BlockCard({ t, person, name }: PersonProps): VNode {
  if (person.status === 'blocked') {
    return (
      <Card
        title={t('admin.people.unblock', { name: shortName(name) })}
        text={t('admin.person.unblockText')}
        id="block"
      >
        <form method="post">
          <input type="hidden" name="act" value="unblock" />
          <Button kind="primary">{t('admin.person.unblock')}</Button>
        </form>
      </Card>
    )
  }
  return (
    <Card
      title={t('admin.people.blockWho', { name: shortName(name) })}
      text={t('admin.person.blockText')}
      id="block"
    >
      <form method="post" class="person-form">
        <input type="hidden" name="act" value="block" />
        <BlockFields t={t} />
        <Button kind="danger">{t('admin.people.blockWho', { name: shortName(name) })}</Button>
      </form>
    </Card>
  )
}
