import type { ConsoleMessage, Page } from '@playwright/test'

declare global {
  interface Window {
    /** Answers in the test what the page's security policy refused. */
    quarkPolicyRefused?: (what: string) => void
  }
}

/**
 * Everything the browser complains of on this page from now on: errors on the console, exceptions,
 * what the security policy refused, dialogs, requests to other hosts, and answers of 500 and above.
 * A page that is asked for and answers 4xx is no complaint, a missing picture or style is; what
 * could not be loaded is named.
 */
export async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = []
  const complain = (what: string): void => void complaints.push(`${page.url()} ${what}`)
  page.on('console', (message) => {
    if (message.type() !== 'error' || isAboutThePageItself(message, page)) return
    complain(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complain(error.message))
  page.on('response', (response) => {
    if (response.status() >= 500) complain(`${response.status()} ${response.url()}`)
  })
  page.on('dialog', (dialog) => {
    complain(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    const isOwn = request.isNavigationRequest() || origin === new URL(page.url()).origin
    if (!isOwn && protocol !== 'data:') complain(`asks ${request.url()}`)
  })
  await page.exposeFunction('quarkPolicyRefused', complain)
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      window.quarkPolicyRefused?.(`${event.effectiveDirective} refused ${event.blockedURI}`)
    })
  })
  return complaints
}

/** The browser writes the answer 404 of the page itself on the console too. */
function isAboutThePageItself(message: ConsoleMessage, page: Page): boolean {
  return (
    message.text().startsWith('Failed to load resource') && message.location().url === page.url()
  )
}
