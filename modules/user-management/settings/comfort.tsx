import { type Motion, TEXT_SIZES, type TextSize, type Translate } from '#core'
import type { VNode } from 'preact'

/** Pixels of posts, on a phone and on a desktop, and of messages; `base.css` makes them so. */
const PIXELS: Readonly<Record<TextSize, { readonly posts: string; readonly chats: string }>> = {
  small: { posts: '16–18', chats: '13' },
  usual: { posts: '18–20', chats: '15' },
  large: { posts: '20–23', chats: '17' },
  larger: { posts: '23–25', chats: '19' },
  largest: { posts: '27–30', chats: '23' },
}

type Props = { readonly t: Translate; readonly textSize: TextSize; readonly motion: Motion }

/** How large everything is, and whether it moves. */
export function Comfort({ t, textSize, motion }: Props): VNode {
  const said = TEXT_SIZES.map((size) => t('settings.textSize.text', PIXELS[size]))
  const at = TEXT_SIZES.indexOf(textSize)
  return (
    <div class="comfort">
      <div class="comfort-row">
        <p>
          <label for="text-size">{t('preferences.textSize')}</label>
          <small id="text-size-said">{said[at]}</small>
        </p>
        <span class="text-size">
          <span aria-hidden="true">A</span>
          <input
            id="text-size"
            type="range"
            name="textSize"
            min="0"
            max={TEXT_SIZES.length - 1}
            value={at}
            aria-valuetext={said[at]}
            data-steps={TEXT_SIZES.join(' ')}
            data-said={JSON.stringify(said)}
          />
          <span aria-hidden="true">A</span>
        </span>
      </div>
      <input type="hidden" name="motion" value="system" />
      <label class="comfort-row switch">
        <span>
          {t('preferences.motion.less')}
          <small>{t('settings.motion.text')}</small>
        </span>
        <input
          type="checkbox"
          role="switch"
          name="motion"
          value="less"
          data-off="system"
          checked={motion === 'less'}
        />
      </label>
    </div>
  )
}
