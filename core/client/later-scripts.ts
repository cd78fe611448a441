/**
 * Loads the programs of the shell that a page drawn by its own leaves until people see what they came
 * for. Without them the shell is links.
 */
export function loadLaterScripts(): void {
  for (const { content } of document.querySelectorAll<HTMLMetaElement>('meta[name="later"]')) {
    const script = document.createElement('script')
    script.src = content
    document.head.append(script)
  }
}
