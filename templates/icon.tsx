import { readFileSync } from 'node:fs'
import type { VNode } from 'preact'
import type { IconName } from './icon-names.ts'
import { TrustedHtml } from './trusted-html.tsx'

const SPRITE = new URL('../static/icons.svg', import.meta.url)
const SYMBOL = /<symbol id="([^"]+)"[^>]*>(.*?)<\/symbol>/gs
const paths = new Map<string, string>()

export type IconProps = {
  readonly name: IconName
  /** Names the icon where it stands alone; beside a word it is left out and the icon is silent. */
  readonly label?: string | undefined
  /** Pixels: 14, 16, 18, 20 or 24; 20 when left out. */
  readonly size?: 14 | 16 | 18 | 20 | 22 | 24 | undefined
  readonly class?: string | undefined
}

/**
 * An icon drawn in place. The paths stand in the markup itself, so that a reader's page needs no
 * second request for them and nothing appears late.
 */
export function Icon({ name, label, size = 20, class: extra }: IconProps): VNode {
  const spoken = label === undefined ? SILENT : { role: 'img', 'aria-label': label }
  return (
    <TrustedHtml
      as="svg"
      class={`icon icon-${size}${extra === undefined ? '' : ` ${extra}`}`}
      attributes={{ viewBox: '0 0 24 24', ...spoken }}
      html={pathsOf(name)}
    />
  )
}

const SILENT = { 'aria-hidden': 'true' }

function pathsOf(name: IconName): string {
  if (paths.size === 0) {
    for (const [, id = '', inner = ''] of readFileSync(SPRITE, 'utf8').matchAll(SYMBOL)) {
      paths.set(id, inner)
    }
  }
  return paths.get(name) ?? ''
}
