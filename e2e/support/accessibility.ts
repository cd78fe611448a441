import type { Page } from '@playwright/test'
import axe from 'axe-core'

/**
 * What axe finds on the page as it stands, one line per rule and element; everything, or one rule.
 * The library comes in over the browser's own door, so the page's security policy stays as it is.
 */
export async function axeFindings(page: Page, onlyRule?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const options: axe.RunOptions = {
    resultTypes: ['violations'],
    /* No rule that is asked needs the style sheets once more, and no page has frames. */
    preload: false,
    iframes: false,
    ...(onlyRule === undefined ? {} : { runOnly: [onlyRule] }),
  }
  const { violations } = await page.evaluate(
    (given) => (window as unknown as { axe: typeof axe }).axe.run(document, given),
    options,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
}

/**
 * Presses Tab and names every stop that looks the same with and without the focus, looked at on
 * the element, its large target, what holds it, follows it and is first in it.
 */
export async function unseenFocus(page: Page, stops: number): Promise<string[]> {
  const unseen: string[] = []
  for (let stop = 0; stop < stops; stop++) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => {
      const { activeElement } = document
      if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return null
      // On the writing page the caret alone says where one writes.
      if (activeElement.matches('.write-fields textarea')) return null
      const transitions = (): Animation[] =>
        activeElement.ownerDocument.getAnimations().filter((each) => each instanceof CSSTransition)
      const looks = (): string =>
        [
          getComputedStyle(activeElement, '::after'),
          ...[
            activeElement,
            activeElement.parentElement,
            activeElement.parentElement?.parentElement,
            activeElement.nextElementSibling,
            activeElement.firstElementChild,
          ].map((each) => each && getComputedStyle(each)),
        ]
          .map((style) => style && [style.outlineStyle, style.outlineWidth, style.boxShadow])
          .join()
      for (const animation of transitions()) animation.finish()
      const focused = looks()
      activeElement.blur()
      for (const animation of transitions()) animation.finish()
      const isSeen = looks() !== focused
      activeElement.focus({ preventScroll: true })
      return isSeen ? null : activeElement.outerHTML.slice(0, 120)
    })
    if (name !== null) unseen.push(name)
  }
  return unseen
}

/** Texts and labels that look like the key of a text, e.g. `blog.untitled`. */
export function untranslated(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const key =
      /^(?:admin|adminPrivacy|api|auth|backups|blog|chats|consents|data|deletion|error|flavour|landing|mailbox|messaging|moderation|notifications|palette|post|preferences|profile|relations|search|settings|shell)(?:\.\w+)+$/
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
    const texts: string[] = [document.title]
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('code, pre, script')) texts.push(node.textContent ?? '')
    }
    for (const attribute of ['aria-label', 'title', 'alt', 'placeholder']) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        texts.push(element.getAttribute(attribute) ?? '')
      }
    }
    return texts.flatMap((text) => text.split(/\s+/)).filter((word) => key.test(word))
  })
}

/** How many pixels the page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
}
