/** Until what was put on the page can be seen; where nobody looks at it, for no longer than a moment. */
export function drawn(): Promise<void> {
  const MOMENT_MS = 200
  return new Promise((resolve) => {
    setTimeout(resolve, MOMENT_MS)
    requestAnimationFrame(() => setTimeout(resolve))
  })
}
