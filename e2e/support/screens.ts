import type { Page } from '@playwright/test'
import type { DemoStation, Visitor } from './demo.ts'
import { HOSTILE_TAG } from './hostile.ts'

/** One kind of page on a filled station. */
export interface Screen {
  readonly name: string
  readonly visitor: Visitor
  readonly path: string
  /** What the page answers; 200 when left out. */
  readonly status?: number
}

const ANNA = '/user/anna'
/** A post with everything in it, by a writer whose flavour is `down`. */
export const POST = `${ANNA}/blog/god-tumana`

/** Every kind of page there is. */
export function screensOf(demo: DemoStation): readonly Screen[] {
  const { setupPath, hostilePath, threadPath } = demo
  const hostile = hostilePath.replace(/\/blog.*$/, '')
  return [
    { name: 'home', visitor: 'stranger', path: '/' },
    { name: 'home-signed-in', visitor: 'writer', path: '/' },
    { name: 'posts', visitor: 'stranger', path: '/posts' },
    { name: 'blog', visitor: 'stranger', path: `${ANNA}/blog` },
    { name: 'blog-cards', visitor: 'stranger', path: `${ANNA}/blog?view=cards` },
    { name: 'blog-own', visitor: 'writer', path: `${ANNA}/blog` },
    { name: 'blog-tag', visitor: 'stranger', path: `${ANNA}/blog/tag/ozero` },
    { name: 'blog-archive', visitor: 'stranger', path: `${ANNA}/blog/archive/2026-11` },
    { name: 'blog-empty', visitor: 'stranger', path: '/user/nina/blog' },
    { name: 'blog-empty-own', visitor: 'newcomer', path: '/user/nina/blog' },
    { name: 'blog-hostile', visitor: 'stranger', path: `${hostile}/blog` },
    { name: 'blog-cards-hostile', visitor: 'stranger', path: `${hostile}/blog?view=cards` },
    { name: 'blog-tag-hostile', visitor: 'stranger', path: `${hostile}/blog/tag/${HOSTILE_TAG}` },
    { name: 'blog-archive-hostile', visitor: 'stranger', path: `${hostile}/blog/archive/2011-02` },
    { name: 'post', visitor: 'stranger', path: POST },
    { name: 'post-own', visitor: 'writer', path: POST },
    { name: 'post-english', visitor: 'stranger', path: '/user/emily/blog/not-ready-sit' },
    { name: 'post-hostile', visitor: 'stranger', path: hostilePath },
    { name: 'comments-hostile', visitor: 'stranger', path: threadPath },
    { name: 'profile', visitor: 'stranger', path: ANNA },
    { name: 'profile-own-empty', visitor: 'newcomer', path: '/user/nina' },
    { name: 'profile-hostile', visitor: 'hostile', path: hostile },
    { name: 'settings-hostile', visitor: 'hostile', path: '/settings' },
    { name: 'register', visitor: 'stranger', path: '/auth/register' },
    { name: 'login', visitor: 'stranger', path: '/auth/login' },
    { name: 'setup', visitor: 'stranger', path: setupPath },
    { name: 'forgot', visitor: 'stranger', path: '/auth/forgot' },
    { name: 'reset-spent', visitor: 'stranger', path: '/auth/reset', status: 410 },
    { name: 'invitation-gone', visitor: 'stranger', path: '/auth/invitation/nothing' },
    { name: 'join-gone', visitor: 'stranger', path: '/join/nothing', status: 404 },
    { name: 'verify', visitor: 'returned', path: '/auth/verify?return=/settings' },
    { name: 'report', visitor: 'newcomer', path: '/report?about=user/anna&from=/user/anna' },
    { name: 'settings', visitor: 'writer', path: '/settings' },
    { name: 'settings-data', visitor: 'writer', path: '/settings/data' },
    { name: 'settings-deletion', visitor: 'writer', path: '/settings/deletion' },
    { name: 'settings-second-factor', visitor: 'writer', path: '/settings/second-factor' },
    { name: 'settings-password', visitor: 'writer', path: '/settings/password' },
    { name: 'notifications-empty', visitor: 'newcomer', path: '/notifications' },
    { name: 'followers', visitor: 'stranger', path: `${ANNA}/followers` },
    { name: 'following', visitor: 'writer', path: `${ANNA}/following` },
    { name: 'followers-empty', visitor: 'newcomer', path: '/user/nina/followers' },
    { name: 'search-found', visitor: 'writer', path: '/search?q=лёд' },
    { name: 'search-none', visitor: 'stranger', path: '/search?q=ывапролд' },
    { name: 'channel', visitor: 'stranger', path: '/channel/lake-telegraph' },
    { name: 'legal', visitor: 'stranger', path: '/legal/privacy' },
    { name: 'write-list', visitor: 'writer', path: '/write' },
    { name: 'write-list-empty', visitor: 'newcomer', path: '/write' },
    { name: 'write-list-hostile', visitor: 'hostile', path: '/write' },
    { name: 'write-new', visitor: 'newcomer', path: '/write/new' },
    { name: 'not-found', visitor: 'stranger', path: '/nobody/here', status: 404 },
    { name: 'api-docs', visitor: 'stranger', path: '/api/docs' },
  ]
}

export const PHONE = { width: 390, height: 844 } as const
export const DESKTOP = { width: 1440, height: 900 } as const

export interface Look {
  readonly size: typeof PHONE | typeof DESKTOP
  readonly theme: 'light' | 'dark'
  readonly locale: 'ru' | 'en'
  readonly flavour?: string
}

/** Both sizes, each in both themes and both languages. */
export const FOUR_LOOKS: readonly Look[] = [
  { size: PHONE, theme: 'light', locale: 'ru' },
  { size: PHONE, theme: 'dark', locale: 'en', flavour: 'charm' },
  { size: DESKTOP, theme: 'light', locale: 'en', flavour: 'down' },
  { size: DESKTOP, theme: 'dark', locale: 'ru' },
]

/** Makes the next page of this context look so. */
export async function wear(page: Page, origin: string, look: Look): Promise<void> {
  await page.setViewportSize(look.size)
  const chosen = { locale: look.locale, theme: look.theme, flavour: look.flavour ?? 'up' }
  await page.context().addCookies(
    Object.entries(chosen).map(([name, value]) => ({
      name: `quark-${name}`,
      value,
      url: origin,
    })),
  )
}

/** Repaints the page as the station would have drawn it. */
export async function paint(page: Page, theme: 'light' | 'dark', flavour?: string): Promise<void> {
  await page.evaluate(
    ([asTheme, asFlavour]) => {
      const { dataset } = document.documentElement
      dataset['theme'] = asTheme
      if (asFlavour !== undefined) dataset['flavour'] = asFlavour
      for (const animation of document.getAnimations()) {
        if (animation instanceof CSSTransition) animation.finish()
      }
    },
    [theme, flavour] as const,
  )
}
