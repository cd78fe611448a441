import type { Page } from '@playwright/test'
import { overflow } from './support/accessibility.ts'
import { expect, test } from './support/demo.ts'
import { ageLastProof } from './support/old-proof.ts'
import { signInQuickly } from './support/people.ts'
import { DESKTOP, type Look, PHONE, wear } from './support/screens.ts'
import { shoot, WANTS_SHOTS } from './support/shots.ts'

const LOOKS: readonly Look[] = WANTS_SHOTS
  ? [
      { size: PHONE, theme: 'light', locale: 'ru' },
      { size: PHONE, theme: 'dark', locale: 'en' },
      { size: DESKTOP, theme: 'light', locale: 'en' },
      { size: DESKTOP, theme: 'dark', locale: 'ru' },
    ]
  : [{ size: PHONE, theme: 'light', locale: 'ru' }]

const ADMIN = ['ada', 'ada has a long password'] as const
const PAGES = {
  settings: '/settings',
  'settings-data': '/settings/data',
  'settings-deletion': '/settings/deletion',
  'settings-second-factor': '/settings/second-factor',
  'settings-password': '/settings/password',
  notifications: '/notifications',
  'notifications-settings': '/notifications/settings',
  report: '/report?about=user/anna&from=/user/anna',
  profile: '/user/anna',
  'profile-own': '/user/ada',
  followers: '/user/anna/followers',
  admin: '/admin',
  people: '/admin/people',
  invitations: '/admin/invitations',
  'admin-settings': '/admin/settings',
  security: '/admin/security',
  events: '/admin/events',
  mail: '/admin/mail',
  backups: '/admin/backups',
  privacy: '/admin/privacy',
  content: '/admin/content',
  'people-export': '/admin/people/export',
} as const
const DOORS = {
  register: '/auth/register',
  login: '/auth/login',
  forgot: '/auth/forgot',
  'reset-spent': '/auth/reset',
  'invitation-gone': '/auth/invitation/nothing',
  legal: '/legal/privacy',
} as const

test('nothing is wider than its window in the largest text', async ({ browser, demo }) => {
  test.setTimeout(400_000)
  const { station } = demo
  const account = ['--email', 'ada@example.org', '--password', ADMIN[1]]
  await station.quark('user:create', ADMIN[0], '--role', 'admin', ...account)
  for (const look of LOOKS) {
    const page = await browser.newPage()
    await dress(page, station.url, look)
    await sweep(page, station.url, DOORS, look)
    await signInQuickly(page.context(), station.url, ...ADMIN)
    /* Whoever signs in brings the looks of the account along. */
    await dress(page, station.url, look)
    await sweep(page, station.url, PAGES, look)
    ageLastProof(station)
    await sweep(page, station.url, { verify: '/auth/verify?return=/settings' }, look)
    await page.context().close()
  }
})

async function dress(page: Page, url: string, look: Look): Promise<void> {
  await wear(page, url, look)
  await page.context().addCookies([{ name: 'quark-text', value: 'largest', url }])
}

async function sweep(
  page: Page,
  url: string,
  pages: Readonly<Record<string, string>>,
  look: Look,
): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(url + path)
    await expect.soft(page.locator('html'), name).toHaveAttribute('data-text', 'largest')
    const where = `${name} at ${look.size.width}, ${look.locale}`
    expect.soft(await overflow(page), where).toBe(0)
    expect.soft(await cutOff(page), where).toEqual([])
    if (WANTS_SHOTS) await shoot(page, `largest-${name}-${look.size.width}-${look.locale}`)
  }
}

/** What holds words that do not fit, and does not say so by `…`. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const hides = /hidden|clip/
    return [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && element.innerText?.trim())
      .filter((element) => !element.closest('.visually-hidden'))
      .filter((element) => {
        const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element
        const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(element)
        if (textOverflow === 'ellipsis' || webkitLineClamp !== 'none') return false
        const isTooWide = hides.test(overflowX) && scrollWidth > clientWidth + 1
        return isTooWide || (hides.test(overflowY) && scrollHeight > clientHeight + 1)
      })
      .map(({ tagName, className, innerText }) => `${tagName}.${className}: ${innerText}`)
  })
}
