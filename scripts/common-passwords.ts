import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Makes `core/auth/password/common-passwords.txt` of what `npm pack @zxcvbn-ts/language-common`
 * brings:
 *
 *     node scripts/common-passwords.ts <folder of the unpacked package>
 */

/** Shorter ones are refused for their length. */
const MIN_LENGTH = 8
const FILE = join(import.meta.dirname, '..', 'core', 'auth', 'password', 'common-passwords.txt')

const [, , folder = '.'] = process.argv
const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  name: string
  version: string
}
const licence = readFileSync(join(folder, 'LICENSE.txt'), 'utf8').trim()
const ranked = JSON.parse(readFileSync(join(folder, 'src', 'passwords.json'), 'utf8')) as string[]
const long = ranked.map((word) => word.toLowerCase()).filter((word) => word.length >= MIN_LENGTH)
const words = [...new Set(long)].toSorted()
const head = [`${name} ${version}: ${words.length} passwords`, '', ...licence.split('\n')]
const lines = [...head.map((line) => `# ${line}`.trimEnd()), ...words]
writeFileSync(FILE, `${lines.join('\n')}\n`)
console.log(`${words.length} of ${ranked.length} passwords`)
