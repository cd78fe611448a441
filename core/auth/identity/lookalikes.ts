/**
 * What a user name looks like: two names with one look are one to a hurried reader. User names have
 * small Latin letters, digits, «-» and «_» only, so of the skeletons of UTS 39 these remain, and
 * «i», which many fonts draw like «l» (`paypai`). The same steps stand in SQL in the migration
 * `0013-lookalikes`.
 */
export function lookOf(username: string): string {
  return username
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('i', 'l')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('_', '-')
}

/**
 * The words a name may be read as: `adm1n` as `admin`, `rn0d-` as `mod`. Unlike {@link lookOf} it
 * keeps «i» and «l» apart, because `ali` is not `all`.
 */
export function readingsOf(username: string): readonly string[] {
  const plain = username.replaceAll(/[-_]/g, '').replaceAll('0', 'o')
  const joined = plain.replaceAll('rn', 'm').replaceAll('vv', 'w')
  return [plain, joined].flatMap((word) => [word.replaceAll('1', 'l'), word.replaceAll('1', 'i')])
}

/** Up to five letters of other scripts, which may look like Latin ones: `а` in `pаypal`. */
export function foreignLetters(text: string): readonly string[] {
  const letters = text.match(/(?!\p{Script=Latin})\p{L}/gu) ?? []
  return [...new Set(letters)].slice(0, 5)
}
