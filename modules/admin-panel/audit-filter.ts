import type { AuditFilter, ModuleRequest } from '#core'

export const AREAS = [
  'login',
  'session',
  'user',
  'invitation',
  'reset',
  'settings',
  'event',
  'audit',
] as const

const DAY_MS = 86_400_000

/** What an address asks of the log; what it cannot mean is left out. */
export function auditFilterIn(query: ModuleRequest['query']): AuditFilter {
  const { area, outcome, actorId, subject, from, until } = query
  const given = {
    area: area === '' ? undefined : area,
    outcome: outcome === 'refused' || outcome === 'done' ? outcome : undefined,
    actorId: actorId === '' ? undefined : actorId,
    subject: subject === '' ? undefined : subject,
    from: instantIn(from, 0),
    /* A day given as the end is meant whole. */
    until: instantIn(until, until?.length === 10 ? DAY_MS : 0),
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function instantIn(text: string | undefined, laterMs: number): string | undefined {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? undefined : new Date(at + laterMs).toISOString()
}
