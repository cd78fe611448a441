import type { App, Locale, Speech } from '#core'

/** What every view needs to speak to a person. */
export function speechOf(app: App, locale: Locale): Speech {
  return { t: app.translator(locale), locale }
}
