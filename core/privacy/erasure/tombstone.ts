/** The name of an erased account. The end of a UUIDv7 is chance and says nothing of the person. */
export function tombstoneOf(userId: string): string {
  return `deleted-${userId.replaceAll('-', '').slice(-12)}`
}
