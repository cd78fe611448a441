import {
  type App,
  type CountedColumn,
  type Locale,
  type PeopleQuery,
  type Person,
  spreadsheet,
} from '#core'
import { type Shown, shownAs } from './names.ts'
import type { actorOf } from '../requester.ts'

export const SHEET = { contentType: 'text/csv; charset=utf-8', fileName: 'people.csv' } as const

const NAMES_AT_ONCE = 100
const COLUMNS = [
  'name',
  'username',
  'email',
  'role',
  'status',
  'joined',
  'seen',
  'storedBytes',
  'factor',
] as const

/** Everybody who fits, as a table with the words of one language; the audit log is told. */
export async function peopleSheet(
  app: App,
  actor: ReturnType<typeof actorOf>,
  { query, locale }: { readonly query: PeopleQuery; readonly locale: Locale },
): Promise<string> {
  const t = app.translator(locale)
  const desk = app.administration.people
  const people = await desk.export(actor, query)
  const counted = await desk.counted([])
  const heads = COLUMNS.map((name) => t(`admin.export.${name}`))
  const rows: (string | number | null)[][] = [
    [...heads, ...counted.map(({ label }) => label[locale])],
  ]
  for (let first = 0; first < people.length; first += NAMES_AT_ONCE) {
    const some = people.slice(first, first + NAMES_AT_ONCE)
    const ids = some.map(({ id }) => id)
    const [shown, counts] = await Promise.all([shownAs(app, ids), desk.counted(ids)])
    rows.push(
      ...some.map((person) => [
        ...rowOf(person, shown, t),
        ...counted.map(({ name }) => countOf(counts, name, person)),
      ]),
    )
  }
  return spreadsheet(rows, locale)
}

function rowOf(
  person: Person,
  shown: ReadonlyMap<string, Shown>,
  t: ReturnType<App['translator']>,
): (string | number | null)[] {
  return [
    shown.get(person.id)?.name ?? person.username,
    person.username,
    person.email,
    t(`admin.role.${person.role}`),
    t(`admin.status.${person.status}`),
    instantOf(person.createdAt),
    person.seenAt === null ? null : instantOf(person.seenAt),
    person.storedBytes,
    t(person.hasSecondFactor ? 'admin.yes' : 'admin.no'),
  ]
}

/** Empty where whoever counts has not answered for this part of the table. */
function countOf(counts: readonly CountedColumn[], name: string, { id }: Person): number | null {
  const column = counts.find((each) => each.name === name)
  return column ? (column.counts[id] ?? 0) : null
}

/** As spreadsheets of every language read it; UTC, as the head of the column says. */
function instantOf(at: string): string {
  return at.slice(0, 19).replace('T', ' ')
}
