import type { VNode } from 'preact'
import type { Preview } from '../../protocol/dto.ts'
import { safeAddress } from '../../look/rich-text.tsx'

/** What the station has found at an address. Its picture is kept by the station too. */
export function PreviewCard({ preview }: { readonly preview: Preview }): VNode | null {
  const address = safeAddress(preview.url)
  if (address === undefined) return null
  return (
    <a class="preview" href={address} target="_blank" rel="noopener noreferrer nofollow">
      <span class="preview-words" dir="auto">
        <span class="preview-site">{preview.site}</span>
        <strong>{preview.title}</strong>
        {preview.description !== '' && <span class="preview-text">{preview.description}</span>}
      </span>
      {preview.image?.startsWith('/') && <img src={preview.image} alt="" width={64} height={64} />}
    </a>
  )
}
