import type { VNode } from 'preact'
import type { Speech } from './translate.ts'

export type LetterProps = Speech & {
  readonly stationName: string
  readonly subject: string
  readonly paragraphs: readonly string[]
  readonly action?: { readonly label: string; readonly url: string } | undefined
  /** Smaller, below the button: what to do when it was not you. */
  readonly notes?: readonly string[] | undefined
  readonly unsubscribeUrl?: string | undefined
}

const FONT = "font-family:Inter,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const TEXT = `margin:0 0 16px;${FONT};font-size:16px;line-height:24px;color:#23243a`
const SMALL = `margin:0 0 12px;${FONT};font-size:13px;line-height:20px;color:#62647d`
const BUTTON = `display:inline-block;padding:12px 22px;border-radius:12px;background:#4b4fc9;${FONT};font-size:16px;font-weight:600;line-height:20px;color:#ffffff;text-decoration:none`

/** A letter as mail programs show it: one table, styles in place, no pictures to fetch. */
export function LetterBody(props: LetterProps): VNode {
  const { locale, subject } = props
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>{subject}</title>
      </head>
      <body style="margin:0;padding:0;background:#f3f3f9">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0">
          <tr>
            <td align="center" style="padding:32px 16px">
              <Sheet {...props} />
            </td>
          </tr>
        </table>
      </body>
    </html>
  )
}

function Sheet(props: LetterProps): VNode {
  const { t, stationName, subject, paragraphs, action, notes = [] } = props
  return (
    <table
      role="presentation"
      width="100%"
      cellpadding="0"
      cellspacing="0"

      style="max-width:560px;text-align:left"
    >
      <tr>
        <td style={`padding:0 8px 16px;${FONT};font-size:15px;font-weight:600;color:#4b4fc9`}>
          <Quarks /> {stationName}
        </td>
      </tr>
      <tr>
        <td style="padding:32px;border-radius:18px;background:#ffffff">
          <h1 style={`${TEXT};font-size:22px;line-height:30px;font-weight:680`}>{subject}</h1>
          {paragraphs.map((paragraph) => (
            <p style={TEXT}>{paragraph}</p>
          ))}
          {action && (
            <p style="margin:8px 0 24px">
              <a href={action.url} style={BUTTON}>
                {action.label}
              </a>
            </p>
          )}
          {action && (
            <p style={SMALL}>
              {t('letter.fallback')} <br />
              <a href={action.url} style="color:#4b4fc9;word-break:break-all">
                {action.url}
              </a>
            </p>
          )}
          {notes.map((note) => (
            <p style={SMALL}>{note}</p>
          ))}
        </td>
      </tr>
      <tr>
        <td style={`padding:16px 8px;${SMALL}`}>
          <Footer {...props} />
        </td>
      </tr>
    </table>
  )
}

/** The three quarks as characters: nothing to fetch, nothing to block. */
function Quarks(): VNode {
  return (
    <span aria-hidden="true" style="letter-spacing:-2px">
      <span style="color:#4b4fc9">●</span>
      <span style="color:#8184dc">●</span>
      <span style="color:#b7b9ee">●</span>
    </span>
  )
}

function Footer({ t, stationName, unsubscribeUrl }: LetterProps): VNode {
  return (
    <>
      {t('letter.footer', { station: stationName })}
      {unsubscribeUrl !== undefined && (
        <>
          {' '}
          <a href={unsubscribeUrl} style="color:#62647d">
            {t('letter.unsubscribe')}
          </a>
        </>
      )}
    </>
  )
}
