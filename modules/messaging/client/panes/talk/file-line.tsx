import type { VNode } from 'preact'
import type { Attachment } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { sizeText } from '../../look/dates.ts'
import { Icon } from '../../look/icon.tsx'

/** A file: its name, its size, and a press that downloads it. */
export function FileLine({ media }: { readonly media: Attachment }): VNode {
  const { locale } = useHands().desk
  return (
    <a
      class="file"
      href={media.url}
      download={media.name}
      onClick={(event) => event.stopPropagation()}
    >
      <span class="file-circle">
        <Icon name="file-text" size={22} />
      </span>
      <span class="file-words">
        <span class="file-name" dir="auto">
          {media.name}
        </span>
        <span class="file-size">
          {sizeText(media.bytes, locale)}
          {kindOf(media.name) && ` · ${kindOf(media.name)}`}
        </span>
      </span>
    </a>
  )
}

/** «GPX» */
export function kindOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toUpperCase() ?? ''
}
