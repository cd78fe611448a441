import type { Command } from 'commander'
import { existsSync } from 'node:fs'
import { cp, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../config.ts'
import { CommandFailure, inLanguage } from './speech.ts'

const TEMPLATE = fileURLToPath(new URL('../examples/modules/hello/', import.meta.url))
const NAME = /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/

/** `quark create <name>` */
export function addCreate(program: Command): void {
  program
    .command('create')
    .argument(
      '<name>',
      inLanguage({
        en: 'lower-case letters, digits, hyphens',
        ru: 'строчные латинские буквы, цифры, дефисы',
      }),
    )
    .description(
      inLanguage({
        en: 'make a new module with a passing test',
        ru: 'создать модуль с проходящим тестом',
      }),
    )
    .action(async (name: string) => {
      const dir = join(readConfig().modulesDir, name)
      if (!NAME.test(name)) {
        throw new CommandFailure({
          en: `${name} cannot be a module name: use lower-case letters, digits and hyphens.`,
          ru: `${name} не подходит для имени модуля: нужны строчные латинские буквы, цифры и дефисы.`,
        })
      }
      if (existsSync(dir)) {
        throw new CommandFailure({ en: `${dir} is there already.`, ru: `${dir} уже существует.` })
      }
      await copyTemplate(name, dir)
      console.log(
        inLanguage({
          en: `${dir} is ready. Its test: npm test -- modules/${name}`,
          ru: `${dir} готов. Его тест: npm test -- modules/${name}`,
        }),
      )
    })
}

async function copyTemplate(name: string, dir: string): Promise<void> {
  await cp(TEMPLATE, dir, { recursive: true })
  for (const file of await readdir(dir)) {
    const path = join(dir, file)
    const text = await readFile(path, 'utf8')
    await writeFile(path, renamed(text, name))
    if (file.startsWith('hello.')) await rename(path, join(dir, file.replace('hello', name)))
  }
}

/** The template's own name wherever it names the module, not where it greets. */
function renamed(text: string, name: string): string {
  return text
    .replaceAll('"id": "hello"', `"id": "${name}"`)
    .replaceAll('/api/v1/hello/', `/api/v1/${name}/`)
    .replaceAll('hello.greet', `${name}.greet`)
    .replaceAll('../../../docs/', '../../docs/')
    .replaceAll('# Hello', `# ${name}`)
}
