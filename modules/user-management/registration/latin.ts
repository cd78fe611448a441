const CYRILLIC = 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя'
const LATIN = 'a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya'.split(
  ' ',
)

/**
 * What of a text can stand in an address: `Анна` as `anna`, and what merely looks Latin, as the `а`
 * in `pаypal`, as well. It begins with a letter; '' where nothing is left.
 */
export function inLatin(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[а-яё]/g, (letter) => {
      const latin = LATIN[CYRILLIC.indexOf(letter)] ?? ''
      return latin === '-' ? '' : latin
    })
    .replaceAll(/[^a-z0-9_-]/g, '')
    .replace(/^[^a-z]+/, '')
}
