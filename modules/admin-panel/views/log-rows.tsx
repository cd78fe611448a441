import { type AuditRecord, fullDate, Icon, type Locale, type Speech, timeOfDay } from '#core'
import type { VNode } from 'preact'
import { personIn, type Shown } from '../people/names.ts'

export type LogRowsProps = Speech & {
  readonly locale: Locale
  readonly log: readonly AuditRecord[]
  /** Why there may be none; default: nothing has been written yet. */
  readonly emptyText?: string | undefined
  readonly shown: ReadonlyMap<string, Shown>
  readonly timeZone: string
}

/** Rows of the audit log: what, by whom, about whom, and what changed. */
export function LogRows({ t, locale, log, shown, timeZone, emptyText }: LogRowsProps): VNode {
  if (log.length === 0) return <p class="muted">{emptyText ?? t('admin.log.empty')}</p>
  return (
    <ol class="log-rows">
      {log.map((record) => (
        <li key={record.seq}>
          <Icon name={record.outcome === 'refused' ? 'shield-alert' : 'shield-check'} />
          <div>
            <p>
              <b>{titleOf(record.action, t)}</b>
              {record.outcome === 'refused' && (
                <span class="state state-warn">{t('admin.log.refused')}</span>
              )}
            </p>
            <p class="muted">{whoOf(record, shown, t)}</p>
            <Change t={t} record={record} />
          </div>
          <time dateTime={record.at}>
            {fullDate(record.at, locale, timeZone)}, {timeOfDay(record.at, locale, timeZone)}
          </time>
        </li>
      ))}
    </ol>
  )
}

/** Acts of modules have no words here: the name of the act itself is shown. */
function titleOf(action: string, t: Speech['t']): string {
  return wordOr(t, `admin.action.${action}`, action)
}

function wordOr(t: Speech['t'], key: string, otherwise: string): string {
  const text = t(key)
  return text === key ? otherwise : text
}

function whoOf(record: AuditRecord, shown: LogRowsProps['shown'], t: Speech['t']): string {
  const { actorId, subject, ip } = record
  const nameOf = (id: string): string => shown.get(id)?.name ?? id
  /* What no request has asked for was done by a job or by a command on the machine. */
  const nobody = t(ip === null ? 'admin.log.station' : 'admin.log.guest')
  const who = actorId === null ? nobody : nameOf(actorId)
  const personId = personIn(subject)
  const about = subject === null ? null : wordOr(t, `admin.subject.${subject}`, subject)
  const whom = personId === undefined ? about : personId === actorId ? null : nameOf(personId)
  return [whom === null ? who : `${who} → ${whom}`, ip].filter((part) => part !== null).join(' · ')
}

type ChangeProps = Pick<Speech, 't'> & { readonly record: AuditRecord }

/** Field by field: what it was, and what it is. */
function Change({ t, record }: ChangeProps): VNode | null {
  const [before, after] = [fieldsOf(record.before), fieldsOf(record.after)]
  const names = new Set([...before.keys(), ...after.keys()])
  if (names.size === 0) return null
  return (
    <ul class="log-change">
      {[...names].map((name) => (
        <li key={name}>
          {nameText(t, name)}
          {before.has(name) && <del>{valueText(t, name, before.get(name))}</del>}
          {after.has(name) && <ins>{valueText(t, name, after.get(name))}</ins>}
        </li>
      ))}
    </ul>
  )
}

function nameText(t: Speech['t'], name: string): string {
  return wordOr(t, `admin.field.${name}`, name)
}

function fieldsOf(facts: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof facts === 'object' && facts !== null ? Object.entries(facts) : [])
}

function valueText(t: Speech['t'], name: string, value: unknown): string {
  if (typeof value === 'boolean') return t(`admin.${value}`)
  const parts = fieldsOf(value)
  if (parts.size > 0 && !Array.isArray(value)) {
    const said = [...parts].map(([part, of]) => `${nameText(t, part)}: ${valueText(t, part, of)}`)
    return said.join('; ')
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return wordOr(t, `admin.${name}.${text}`, text)
}
