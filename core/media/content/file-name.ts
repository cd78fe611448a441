const MAX_CHARS = 150
/** Controls, and signs that turn or hide other letters: `photo‮gpj.exe`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A name as its sender gave it, without folders and without what cannot be seen. */
export function fileNameOf(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[/\\]/u).at(-1) ?? ''
  const plain = last.replaceAll(UNSEEN, '').trim()
  return shortened(plain) || 'file'
}

/** The ending stays: it tells what the file is. */
function shortened(name: string): string {
  if (name.length <= MAX_CHARS) return name
  const ending = /\.[\p{L}\p{N}]{1,10}$/u.exec(name)?.[0] ?? ''
  return `${name.slice(0, MAX_CHARS - ending.length)}${ending}`.toWellFormed()
}

/** The ending without its dot, in small Latin letters and digits, or undefined. */
export function endingOf(name: string): string | undefined {
  return /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase()
}

/** `Content-Disposition` with a name of any letters (RFC 6266, RFC 8187). */
export function dispositionOf(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\w.-]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
