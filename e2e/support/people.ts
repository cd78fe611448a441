import { type BrowserContext, expect, type Page } from '@playwright/test'

export interface Newcomer {
  readonly username: string
  readonly displayName: string
}

export function passwordOf({ username }: Newcomer): string {
  return `${username} walks along the shore`
}

/** Fills the form of a new account, the owner's or a resident's, and sends it. */
export async function fillAccount(page: Page, newcomer: Newcomer): Promise<void> {
  await page.locator('[name="displayName"]').fill(newcomer.displayName)
  await page.locator('[name="username"]').fill(newcomer.username)
  await page.locator('[name="email"]').fill(`${newcomer.username}@example.org`)
  await page.locator('[name="password"]').fill(passwordOf(newcomer))
  await page.locator('[name="consent"]').check()
  await page.locator('main button.button-primary').click()
}

/** An account made through the API; the context is signed in afterwards. */
export async function registerQuickly(
  context: BrowserContext,
  origin: string,
  newcomer: Newcomer,
): Promise<void> {
  const answer = await context.request.post(`${origin}/api/v1/auth/register`, {
    headers: { origin },
    data: {
      username: newcomer.username,
      displayName: newcomer.displayName,
      email: `${newcomer.username}@example.org`,
      password: passwordOf(newcomer),
      consent: true,
    },
  })
  expect(answer.status(), await answer.text()).toBe(201)
}

/** Signs the context in through the API. */
export async function signInQuickly(
  context: BrowserContext,
  origin: string,
  login: string,
  password: string,
): Promise<void> {
  const answer = await context.request.post(`${origin}/api/v1/auth/login`, {
    headers: { origin },
    data: { login, password },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}
