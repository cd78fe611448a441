import type { ComponentChildren, VNode } from 'preact'
import {
  fullDate,
  markupOf,
  type Speech,
  timeOfDay,
  TrustedHtml,
} from '../../../templates/index.ts'

export type ArchiveFrame = Speech & {
  readonly title: string
  /** From this file to the top of the archive: ``, `../`, `../../`. */
  readonly root: string
}

export type ArchiveEntry = {
  readonly title: string
  readonly href: string
  /** The same in other forms: `JSON`, `Markdown`. */
  readonly forms: readonly { readonly label: string; readonly href: string }[]
}

export type ArchiveSection = { readonly title: string; readonly entries: readonly ArchiveEntry[] }

export type ArchiveIndexProps = Speech & {
  readonly stationName: string
  readonly origin: string
  readonly person: string
  /** ISO 8601, UTC */
  readonly at: string
  readonly sections: readonly ArchiveSection[]
  /** Pictures that did not fit: where they can be fetched. */
  readonly leftOut: readonly string[]
}

/** A whole document that opens from a folder, without a network and without a script. */
export function archiveDocument<Props>(frame: ArchiveFrame, main: VNode<Props>): string {
  return `<!doctype html>${markupOf(<Frame {...frame}>{main}</Frame>)}`
}

function Frame(props: ArchiveFrame & { readonly children?: ComponentChildren }): VNode {
  const { t, locale, title, root, children } = props
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="content-security-policy"
          content="default-src 'none'; img-src 'self' data: file:; style-src 'self' file:"
        />
        <title>{title}</title>
        <link rel="stylesheet" href={`${root}style.css`} />
      </head>
      <body>
        {root !== '' && (
          <p class="up">
            <a href={`${root}index.html`}>{t('archive.back')}</a>
          </p>
        )}
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )
}

/** The page one opens first. */
export function ArchiveIndex(props: ArchiveIndexProps): VNode {
  const { t, locale, stationName, origin, person, at, sections, leftOut } = props
  const day = `${fullDate(at, locale, 'UTC')}, ${timeOfDay(at, locale, 'UTC')} UTC`
  return (
    <>
      <p>{t('archive.about', { person, station: stationName, day })}</p>
      <p>
        <a href={origin}>{origin}</a>
      </p>
      {sections.map((section) => (
        <section>
          <h2>{section.title}</h2>
          <ul>
            {section.entries.map((entry) => (
              <li>
                <a href={entry.href}>{entry.title}</a>
                {entry.forms.map(({ label, href }) => (
                  <a class="form" href={href}>
                    {label}
                  </a>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {leftOut.length > 0 && (
        <section>
          <h2>{t('archive.leftOut')}</h2>
          <p>{t('archive.leftOutText')}</p>
          <ul>
            {leftOut.map((href) => (
              <li>
                <a href={href}>{href}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** A text of the person, in the markup its keeper has made of it. */
export function ArchiveText({ html }: { readonly html: string }): VNode {
  return <TrustedHtml as="article" html={html} />
}

/** Rows shown of one list; the file beside has them all. */
const MAX_ROWS = 1_000
const MAX_DEPTH = 6

/** Data as a person reads them: names and values, lists one below the other. */
export function ArchiveData({ value, ...speech }: Speech & { readonly value: unknown }): VNode {
  return <Data {...speech} value={value} depth={0} />
}

type DataProps = Speech & { readonly value: unknown; readonly depth: number }

function Data({ value, depth, ...speech }: DataProps): VNode {
  if (typeof value !== 'object' || value === null) return <Plain {...speech} value={value} />
  if (depth >= MAX_DEPTH) return <code>{JSON.stringify(value)}</code>
  if (Array.isArray(value)) return <Rows {...speech} rows={value} depth={depth} />
  const fields = Object.entries(value)
  if (fields.length === 0) return <span class="none">{speech.t('archive.none')}</span>
  return (
    <dl>
      {fields.map(([name, field]) => (
        <div>
          <dt title={name}>{nameOf(name, speech.t)}</dt>
          <dd>
            <Data {...speech} value={momentIn(name, field)} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** In words, where the field is one that many have; the name programs know it by stands beside it. */
function nameOf(name: string, t: Speech['t']): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  const key = `archive.field.${words}`
  const text = t(key)
  return text === key ? words.replaceAll('_', ' ') : text
}

/** A count of milliseconds says nothing to a person. */
function momentIn(name: string, value: unknown): unknown {
  const isMoment = name.endsWith('_ms') && Number.isSafeInteger(value) && Number(value) > 0
  return isMoment ? new Date(Number(value)).toISOString() : value
}

type RowsProps = Speech & { readonly rows: readonly unknown[]; readonly depth: number }

function Rows({ rows, depth, ...speech }: RowsProps): VNode {
  const { t } = speech
  if (rows.length === 0) return <span class="none">{t('archive.none')}</span>
  return (
    <>
      <ol>
        {rows.slice(0, MAX_ROWS).map((row) => (
          <li>
            <Data {...speech} value={row} depth={depth + 1} />
          </li>
        ))}
      </ol>
      {rows.length > MAX_ROWS && <p>{t('archive.more', { count: rows.length - MAX_ROWS })}</p>}
    </>
  )
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

function Plain({ t, locale, value }: Speech & { readonly value: unknown }): VNode {
  if (value === null || value === undefined || value === '') {
    return <span class="none">{t('archive.none')}</span>
  }
  if (typeof value === 'boolean') return <span>{t(value ? 'archive.yes' : 'archive.no')}</span>
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (!INSTANT.test(text)) return <span>{text}</span>
  const time = `${fullDate(text, locale, 'UTC')}, ${timeOfDay(text, locale, 'UTC')} UTC`
  return <time datetime={text}>{time}</time>
}
