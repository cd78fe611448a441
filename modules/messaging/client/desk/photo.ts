import { ownPage } from '#client'
import type { Chat } from '../protocol/dto.ts'

/** @returns the chat with its new photo, or why it has none, in words where the station said so. */
export async function sendPhoto(
  chat: string,
  photo: File,
): Promise<Chat | { readonly detail?: string }> {
  const form = new FormData()
  form.set('file', photo)
  const headers = { accept: 'application/json', ...ownPage() }
  const path = `/api/v1/chats/${chat}/photo`
  try {
    const answer = await fetch(path, { method: 'PUT', headers, body: form })
    return (await answer.json()) as Chat | { readonly detail?: string }
  } catch {
    return {}
  }
}
