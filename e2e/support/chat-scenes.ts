import type { Page } from '@playwright/test'
import { photo } from '../../test/support/pictures.ts'
import { ask, bubble, expect, say, type Talker, write } from './chats.ts'
import type { Stage } from './stage.ts'

export interface At {
  readonly stage: Stage
  /** Alice on the device that is looked at. */
  readonly me: Talker
  readonly page: Page
}

/** How the messenger is brought to where it is looked at; some begin where the one before ended. */
export interface Scene {
  readonly name: string
  readonly go: (at: At) => Promise<unknown>
}

export const SCENES: readonly Scene[] = [
  { name: 'list', go: list },
  { name: 'archive', go: ({ page }) => page.locator('.archive-row').click() },
  { name: 'found', go: (at) => find(at, 'лёд') },
  { name: 'found-nothing', go: (at) => find(at, 'ывапролд') },
  { name: 'new', go: newMenu },
  { name: 'new-private', go: (at) => create(at, 0) },
  { name: 'new-group', go: (at) => create(at, 1) },
  { name: 'new-channel', go: (at) => create(at, 2) },

  { name: 'unread', go: unread },
  { name: 'texts', go: (at) => open(at, 'group', at.stage.seqs.texts) },
  { name: 'album', go: (at) => open(at, 'group', at.stage.seqs.quoted) },
  { name: 'kinds', go: (at) => open(at, 'group', at.stage.seqs.film) },
  { name: 'forward', go: (at) => open(at, 'group', at.stage.seqs.link) },
  { name: 'loose', go: (at) => open(at, 'group', at.stage.seqs.loose) },
  { name: 'menu', go: (at) => menu(at, at.stage.seqs.link) },
  { name: 'menu-emoji', go: ({ page }) => page.locator('.ctx-reactions button').last().click() },
  { name: 'menu-own', go: (at) => menu(at, at.stage.seqs.last) },
  { name: 'menu-link', go: (at) => menu(at, at.stage.seqs.forward) },
  { name: 'delete', go: ({ page }) => page.locator('.ctx .pop-bad').last().click() },
  { name: 'selection', go: selection },
  { name: 'forward-dialog', go: ({ page }) => page.locator('.selection .button-primary').click() },
  { name: 'answer', go: answer },
  { name: 'edit', go: edit },
  { name: 'mention', go: mention },
  { name: 'emoji', go: emoji },
  { name: 'search', go: (at) => searchHere(at, 'кадры') },
  { name: 'search-nothing', go: (at) => searchHere(at, 'ывапролд') },
  { name: 'pins', go: pins },
  { name: 'date', go: date },
  { name: 'files', go: files },
  { name: 'viewer', go: viewer },
  { name: 'chat-menu', go: chatMenu },
  { name: 'mute', go: ({ page }) => page.locator('.ctx .pop-item').nth(2).click() },
  { name: 'failed', go: failed },

  { name: 'details', go: (at) => details(at, 'group') },
  { name: 'details-files', go: (at) => tab(at, 'files') },
  { name: 'details-links', go: (at) => tab(at, 'links') },
  { name: 'details-voice', go: (at) => tab(at, 'voice') },
  { name: 'details-invites', go: invites },
  { name: 'details-people', go: people },
  { name: 'rights', go: ({ page }) => page.locator('.person-tools .pop-item').first().click() },
  { name: 'settings', go: settings },
  { name: 'add', go: add },
  { name: 'details-private', go: (at) => details(at, 'private') },
  { name: 'details-channel', go: (at) => details(at, 'channel') },

  { name: 'private', go: (at) => open(at, 'private') },
  { name: 'empty', go: (at) => open(at, 'empty') },
  { name: 'channel', go: (at) => open(at, 'channel') },
  { name: 'channel-own', go: (at) => open(at, 'own') },
  { name: 'hostile-top', go: (at) => open(at, 'hostile', 2) },
  { name: 'hostile', go: (at) => open(at, 'hostile') },
  { name: 'hostile-menu', go: ({ page }) => page.locator('.talk .bubble').last().click(RIGHT) },
  { name: 'hostile-details', go: (at) => details(at, 'hostile') },
  { name: 'gone', go: gone },
]

const RIGHT = { button: 'right' } as const

async function list({ page, me }: At): Promise<void> {
  await page.goto(`${me.url}/chats`)
  await expect(page.locator('.row').nth(8)).toBeVisible()
}

async function find(at: At, words: string): Promise<void> {
  await list(at)
  await at.page.locator('#chats-search').fill(words)
  await expect(at.page.locator('.list-found[aria-busy="false"]')).toBeVisible()
  await expect(at.page.locator('.list-found .row, .list-found .list-empty').first()).toBeVisible()
}

async function newMenu(at: At): Promise<void> {
  await list(at)
  await at.page.locator('[popovertarget="chats-new"]').click()
}

async function create(at: At, place: number): Promise<void> {
  await newMenu(at)
  await at.page.locator('#chats-new .pop-item').nth(place).click()
  const search = at.page.locator('.dialog input[type="search"]')
  if ((await search.count()) > 0) {
    await search.fill(at.stage.bob.username)
    await expect(at.page.locator('.chooser-list button').first()).toBeVisible()
  }
}

/** Opens a chat, and where a number is given shows that message. */
async function open(at: At, name: keyof Stage['chats'], seq?: number): Promise<void> {
  const { page, me, stage } = at
  const where = seq === undefined ? '' : `?message=${seq}`
  await page.goto(`${me.url}/chats/${stage.chats[name]}${where}`)
  await expect(page.locator('.wall[data-loaded="true"]')).toBeVisible()
  if (seq === undefined) return
  await expect(page.locator(`.talk[data-seq="${seq}"]`)).toBeInViewport()
  await expect(page.locator('.talk-flash')).toHaveCount(0)
}

/** Opened from the list at what was not read yet, while somebody goes on writing. */
async function unread(at: At): Promise<void> {
  const { page, stage } = at
  const { chats, bob } = stage
  await list(at)
  await page.locator(`.row[data-chat="${chats.group}"] .row-link`).click()
  await expect(page.locator('[data-key="unread"]')).toBeInViewport()
  await ask(bob, 'typing.set', { chat: chats.group, what: 'text' })
  await expect(page.locator('.head-typing')).toBeVisible()
}

async function menu(at: At, seq: number): Promise<void> {
  await open(at, 'group', seq)
  const { page } = at
  await page.locator(`.talk[data-seq="${seq}"] .bubble`).click({ ...RIGHT, position: MIDDLE })
  await expect(page.locator('.ctx-items')).toBeVisible()
}

/** Not on a link, whose menu is the browser's. */
const MIDDLE = { x: 14, y: 10 }

async function selection(at: At): Promise<void> {
  await open(at, 'group', at.stage.seqs.last)
  const own = at.page.locator(`.talk[data-seq="${at.stage.seqs.last}"]`)
  await own.focus()
  await at.page.keyboard.press(' ')
  await at.page.locator('.talk').nth(-2).locator('.bubble').click()
}

async function answer(at: At): Promise<void> {
  await open(at, 'group', at.stage.seqs.album)
  await at.page.locator(`.talk[data-seq="${at.stage.seqs.album}"]`).focus()
  await at.page.keyboard.press('r')
  await at.page
    .locator('#composer')
    .fill('Маршрут посмотрю вечером, на первый день закладываю 12 км')
}

async function edit({ page }: At): Promise<void> {
  const composer = page.locator('#composer')
  await composer.fill('')
  await composer.press('Escape')
  await expect(page.locator('.composer-context')).toHaveCount(0)
  await composer.press('ArrowUp')
  await expect(page.locator('.composer-context')).toBeVisible()
}

async function mention({ page }: At): Promise<void> {
  await page.keyboard.press('Escape')
  const formats = page.locator('.composer-row > .desktop-only')
  if (await formats.isVisible()) await formats.click()
  await page.locator('#composer').pressSequentially('@')
  await expect(page.locator('.mention-list li')).toHaveCount(2)
}

async function emoji({ page }: At): Promise<void> {
  await page.locator('#composer').fill('')
  await page.locator('[popovertarget]').last().click()
  await expect(page.locator('.emoji-pop .emoji-grid').first()).toBeVisible()
}

async function searchHere(at: At, words: string): Promise<void> {
  await open(at, 'group')
  await at.page.locator('.head-tools .tool').first().click()
  await at.page.locator('.find input').fill(words)
  await expect(at.page.locator('.find-count')).toHaveText(/\S/)
}

async function pins(at: At): Promise<void> {
  await open(at, 'group')
  await at.page.locator('.pins > .tool').click()
  await expect(at.page.locator('.pins-each')).toHaveCount(3)
}

async function date(at: At): Promise<void> {
  await open(at, 'group')
  await at.page.locator('.day-name button').last().click()
  await expect(at.page.locator('#jump-day')).toBeVisible()
}

async function files(at: At): Promise<void> {
  await open(at, 'group')
  await at.page.locator('input[type="file"]').setInputFiles([
    { name: 'lake.jpg', mimeType: 'image/jpeg', buffer: await photo({ width: 600, height: 400 }) },
    { name: 'Маршрут на три дня.gpx', mimeType: 'text/xml', buffer: Buffer.from('<gpx/>') },
    { name: 'film.mov', mimeType: 'video/quicktime', buffer: Buffer.alloc(5_242_881) },
  ])
  await expect(at.page.locator('.files li')).toHaveCount(2)
}

async function viewer(at: At): Promise<void> {
  await open(at, 'group', at.stage.seqs.album)
  await at.page.locator(`.talk[data-seq="${at.stage.seqs.album}"] .album-tile`).first().click()
  await expect(at.page.locator('.viewer-count')).toBeVisible()
}

async function chatMenu(at: At): Promise<void> {
  await open(at, 'group')
  await at.page.locator('.head-tools .tool').last().click()
}

/** What the station will not take, and what it does not answer for. */
async function failed(at: At): Promise<void> {
  const { page, me } = at
  await open(at, 'group')
  await write(me, REFUSED)
  await expect(bubble(me, REFUSED)).toHaveAttribute('data-state', 'failed')
  await write(me, UNANSWERED)
  await expect(bubble(me, UNANSWERED)).toHaveAttribute('data-state', 'sending')
  await page.locator('.wall-scroll').evaluate((wall) => wall.scrollTo(0, wall.scrollHeight))
}

const REFUSED = 'Беру газ, котелок и запасную катушку HP5.'
const UNANSWERED = 'И бинокль'

/** Between the page and the station: refuses one message and loses another, whichever way they go. */
export async function troubleOnTheWay(page: Page): Promise<void> {
  await page.routeWebSocket('**/ws', (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      const { id, p } = JSON.parse(String(message)) as Frame
      if (p?.text === UNANSWERED) return
      if (p?.text !== REFUSED) server.send(message)
      else socket.send(JSON.stringify({ t: 'res', id, ok: false, e: { ...REFUSAL, final: true } }))
    })
  })
  await page.route('**/api/v1/rt/msg.send', async (route) => {
    const { text } = route.request().postDataJSON() as { readonly text?: string }
    if (text === REFUSED) await route.fulfill({ status: 403, json: REFUSAL })
    else if (text !== UNANSWERED) await route.continue()
  })
}

const REFUSAL = { code: 'QL_MSG_NOT_ALLOWED', status: 403, detail: 'Писать сюда пока нельзя.' }

interface Frame {
  readonly id?: number
  readonly p?: { readonly text?: string }
}

async function details(at: At, name: keyof Stage['chats']): Promise<void> {
  await open(at, name)
  const { page } = at
  if (!(await page.locator('.details').isVisible())) await page.locator('.head-who').click()
  await expect(page.locator('.details-name')).toBeVisible()
  await expect(page.locator('.shared-empty, .shared-grid, .shared-list').first()).toBeVisible()
}

async function tab({ page }: At, kind: string): Promise<void> {
  await page.locator(`#shared-${kind}`).click()
  await expect(page.locator('.shared-list li').first()).toBeVisible()
}

async function invites({ page }: At): Promise<void> {
  await page.locator('.details-fold summary').first().click()
  await expect(page.locator('.invites li')).toHaveCount(2)
}

async function people({ page }: At): Promise<void> {
  await page.locator('.details-people .tool').first().scrollIntoViewIfNeeded()
  await page.locator('.details-people .tool').first().click()
}

async function settings(at: At): Promise<void> {
  await details(at, 'group')
  await at.page.locator('.details-head .tool').first().click()
  await expect(at.page.locator('#edit-chat')).toBeVisible()
}

async function add(at: At): Promise<void> {
  await details(at, 'group')
  await at.page.locator('.details-action').nth(1).click()
  await at.page.locator('.dialog input[type="search"]').fill(at.stage.dora.username)
  await at.page.locator('.chooser-list button').first().click()
}

async function gone({ page, me }: At): Promise<void> {
  await page.goto(`${me.url}/chats/nothing-here`)
  await expect(page.locator('.wall-empty')).toBeVisible()
}

/** Every look at the group begins with two messages that nobody there has read. */
export async function sayUnread({ bob, carol, chats }: Stage): Promise<void> {
  await say(carol, chats.group, 'Tomorrow at seven, if it does not rain')
  await say(bob, chats.group, 'А если дождь, то в семь всё равно, с зонтами и термосом')
}
