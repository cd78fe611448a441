import { overflow } from './accessibility.ts'
import { expect, type Talker } from './chats.ts'
import { DESKTOP, PHONE } from './screens.ts'

/** No script has run, nothing was refused or asked of others, and the page is as wide as its window. */
export async function expectHarmless(
  { page, complaints }: Pick<Talker, 'page' | 'complaints'>,
  where: string,
): Promise<void> {
  expect.soft(complaints, where).toEqual([])
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size)
    await page.evaluate(finishMotion)
    expect.soft(await overflow(page), `${where}, ${size.width} wide`).toBeLessThanOrEqual(0)
  }
  const foreign = await page.evaluate(() =>
    [...document.querySelectorAll('a[href], form[action], iframe, object, embed, base')]
      .map((each) => each.getAttribute('href') ?? each.getAttribute('action') ?? each.tagName)
      .filter((each) => /^(?:javascript|data|vbscript):|^[A-Z]+$/.test(each)),
  )
  expect.soft(foreign, where).toEqual([])
}

/** A pane that is still sliding in is wider than the window for a moment. */
function finishMotion(): void {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish()
  }
}
