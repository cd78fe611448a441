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
import { type Shown, shortName } from '../people/names.ts'
import { bytesText, seenText } from '../overview/quantities.ts'
import type { PersonAct, PersonDone } from '../schema.ts'
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
    <ActCard act="role" title={t('admin.people.changeRole')} text={t('admin.person.roleText')}>
      <Select
        name="role"
        label={t('admin.people.role')}
        value={person.role}
        options={roles.map((role) => ({ value: role, label: t(`admin.role.${role}`) }))}
      />
      <Button kind="primary">{t('admin.person.roleSave', { name: shortName(name) })}</Button>
    </ActCard>
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
    <ActCard act="reset" title={t('admin.person.reset')} text={t('admin.person.resetText')}>
      <Button icon="mail">{t('admin.person.resetSend', { name: shortName(name) })}</Button>
    </ActCard>
  )
}

/** Of who has lost it, with the codes on paper. */
function FactorCard({ t, name }: PersonProps): VNode {
  return (
    <ActCard
      act="take-factor"
      title={t('admin.person.takeFactor')}
      text={t('admin.person.takeFactorText')}
    >
      <Button kind="danger">{t('admin.person.takeFactorDo', { name: shortName(name) })}</Button>
    </ActCard>
  )
}

type ActCardProps = {
  readonly act: PersonAct
  readonly title: string
  readonly text: string
  /** The button, and what is asked before it. */
  readonly children: unknown
}

/** Where links lead that name the thing, not what becomes of it. */
const ID_OF: Partial<Readonly<Record<PersonAct, string>>> = {
  unblock: 'block',
  'take-factor': 'factor',
}

/** One act with its explanation, a form of its own. */
function ActCard({ act, title, text, children }: ActCardProps): VNode {
  return (
    <Card title={title} text={text} id={ID_OF[act] ?? act}>
      <form method="post" class="person-form">
        <input type="hidden" name="act" value={act} />
        {children as VNode}
      </form>
    </Card>
  )
}

function BlockCard({ t, person, name }: PersonProps): VNode {
  if (person.status === 'blocked') {
    return (
      <ActCard
        act="unblock"
        title={t('admin.people.unblock', { name: shortName(name) })}
        text={t('admin.person.unblockText')}
      >
        <Button kind="primary">{t('admin.person.unblock')}</Button>
      </ActCard>
    )
  }
  const title = t('admin.people.blockWho', { name: shortName(name) })
  return (
    <ActCard act="block" title={title} text={t('admin.person.blockText')}>
      <BlockFields t={t} />
      <Button kind="danger">{title}</Button>
    </ActCard>
  )
}
