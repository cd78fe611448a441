import type { VNode } from 'preact'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import type { Mark } from './marking.ts'

const MARKS: readonly (readonly [Mark, string])[] = [
  ['bold', 'bold'],
  ['italic', 'italic'],
  ['strike', 'strikethrough'],
  ['code', 'code'],
  ['spoiler', 'eye-off'],
  ['quote', 'text-quote'],
  ['link', 'link'],
]

/** Marks for what is selected; each writes Markdown that can be typed as well. */
export function FormatBar({ mark }: { readonly mark: (mark: Mark) => void }): VNode {
  const { say } = useHands().desk
  return (
    <div class="composer-formats" role="toolbar" aria-label={say('format')}>
      {MARKS.map(([name, icon]) => (
        <button
          key={name}
          type="button"
          class="tool"
          aria-label={say(`format.${name}`)}
          title={say(`format.${name}`)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => mark(name)}
        >
          <Icon name={icon} size={18} />
        </button>
      ))}
    </div>
  )
}
