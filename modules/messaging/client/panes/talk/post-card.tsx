import type { VNode } from 'preact'
import type { PostCard } from '../../protocol/dto.ts'
import { useHands } from '../../desk/use-desk.ts'
import { PersonFace } from '../../look/face.tsx'
import { Icon } from '../../look/icon.tsx'
import { nameOf } from '../../store/effects.ts'

/** A post of a blog as a channel shows it. */
export function PostCardView({ post }: { readonly post: PostCard }): VNode {
  const { say, messenger } = useHands().desk
  const author = messenger.book.person(post.author)
  return (
    <a class="news" href={post.url}>
      {post.cover?.startsWith('/') && (
        <img class="news-cover" src={post.cover} alt="" width={500} height={196} loading="lazy" />
      )}
      <span class="news-words" dir="auto">
        <span class="news-kicker">
          <Icon name="newspaper" size={16} />
          {say('post.new')}
        </span>
        <strong class="news-title">{post.title}</strong>
        {post.excerpt !== '' && <span class="news-lead">{post.excerpt}</span>}
        {author && (
          <span class="news-author">
            <PersonFace person={author} size={22} />
            {nameOf(author, '')}
          </span>
        )}
      </span>
    </a>
  )
}
