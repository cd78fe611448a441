import { type App, type HtmlPage, type ModuleRequest, renderView } from '#core'
import { h } from 'preact'
import { errors } from '../errors.ts'
import { Part } from '../views/part.tsx'

/**
 * Sections of modules that draw no page of their own: what they put into the slot beside the link
 * is the page.
 */
export function guestPages(app: App): void {
  app.page('/admin/:section', { policy: 'admin' }, (request) => guest(app, request))
}

async function guest(app: App, { actor, locale, path }: ModuleRequest): Promise<HtmlPage> {
  const parts = await app.slotParts('admin.section', { actor, locale, path })
  const part = parts.find(({ link }) => link?.href === path)
  if (!part?.link) throw errors.QL_ADMIN_NO_SECTION()
  return {
    kind: 'html',
    shell: 'admin',
    title: part.title ?? part.link.label,
    html: renderView(h(Part, { part, title: undefined })),
    head: { noindex: true },
  }
}
