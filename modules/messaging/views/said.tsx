import { Icon, type Translate } from '#core'
import type { VNode } from 'preact'
import type { Attachment, Message, PostCard, Preview } from '../schema.ts'
import { isSafeUrl } from '../text/links.ts'
import { Words } from './words.tsx'

type SaidProps = {
  readonly t: Translate
  readonly message: Message
  readonly isInFeed?: boolean | undefined
}

/** All that a message of a channel holds, as markup alone. */
export function Said({ t, message, isInFeed = false }: SaidProps): VNode {
  const { forward, media, post, text, entities, preview } = message
  const pictures = media.filter(({ kind }) => kind === 'photo')
  const files = media.filter(({ kind }) => kind !== 'photo')
  return (
    <>
      {forward && (
        <p class="said-origin">
          {forward.deleted
            ? t('messaging.ui.forwarded.deleted')
            : t('messaging.channel.forward', { name: forward.name })}
        </p>
      )}
      {pictures.length > 0 && (
        <div class={`said-pictures said-pictures-${Math.min(pictures.length, 3)}`}>
          {pictures.map((picture) => (
            <Photo key={picture.id} picture={picture} />
          ))}
        </div>
      )}
      {files.map((file) => (
        <FileLine key={file.id} file={file} t={t} />
      ))}
      {post && <Card t={t} post={post} />}
      {text !== '' && (
        <div class="said-words" dir="auto">
          <Words text={text} entities={entities} isInFeed={isInFeed} />
        </div>
      )}
      {preview && <PreviewOf preview={preview} />}
    </>
  )
}

const SIZES = '(min-width: 700px) 640px, 100vw'

function Photo({ picture }: { readonly picture: Attachment }): VNode {
  const { url, width, height, alt = '', variants = [] } = picture
  return (
    <a href={url}>
      <img
        src={url}
        srcset={variants.map((each) => `${each.url} ${each.width}w`).join(', ') || undefined}
        sizes={variants.length > 0 ? SIZES : undefined}
        width={width}
        height={height}
        alt={alt}
        loading="lazy"
        decoding="async"
      />
    </a>
  )
}

function FileLine({ file, t }: { readonly file: Attachment; readonly t: Translate }): VNode {
  const { kind, url, name } = file
  if (kind === 'video') return <video class="said-video" src={url} controls preload="none" />
  if (kind === 'voice') return <audio class="said-voice" src={url} controls preload="none" />
  return (
    <a class="said-file" href={url} download={name}>
      <Icon name="file-text" size={18} />
      <span dir="auto">{name || t('messaging.channel.file')}</span>
    </a>
  )
}

function Card({ t, post }: { readonly t: Translate; readonly post: PostCard }): VNode {
  return (
    <a class="said-card" href={post.url}>
      {post.cover?.startsWith('/') && <img src={post.cover} alt="" loading="lazy" />}
      <span class="said-card-words" dir="auto">
        <strong>{post.title || t('messaging.channel.untitled')}</strong>
        {post.excerpt !== '' && <span>{post.excerpt}</span>}
      </span>
    </a>
  )
}

function PreviewOf({ preview }: { readonly preview: Preview }): VNode | null {
  const { url, site, title, description, image } = preview
  if (!isSafeUrl(url)) return null
  return (
    <a class="said-preview" href={url} rel="nofollow noopener noreferrer">
      <span class="said-card-words" dir="auto">
        <span class="said-site">{site}</span>
        <strong>{title}</strong>
        {description !== '' && <span>{description}</span>}
      </span>
      {image?.startsWith('/') && <img src={image} alt="" width={72} height={72} loading="lazy" />}
    </a>
  )
}
