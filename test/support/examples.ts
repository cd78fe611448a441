import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { CodeBlock } from './markdown.ts'

const FILE_NAME = /^\/\/ (\S+\.tsx?)\n/

export interface CheckedExamples {
  readonly files: number
  /** Empty when all of them type-check. */
  readonly errors: string
}

/**
 * Type-checks TypeScript blocks of documents under the project's own settings, in a folder inside
 * its `.cache`, where `#core` resolves. Blocks of one document may import one another: a first
 * line such as `// modules/greeter/greeting.ts` names the file.
 */
export async function checkExamples(
  root: string,
  blocks: readonly CodeBlock[],
): Promise<CheckedExamples> {
  const folder = join(root, '.cache', `examples-${process.pid}-${performance.now()}`)
  try {
    for (const [index, block] of blocks.entries()) {
      const [, named = `block-${index + 1}.ts`] = FILE_NAME.exec(block.code) ?? []
      const file = join(folder, basename(block.document, '.md'), basename(named))
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${block.code}\nexport {}\n`)
    }
    mkdirSync(folder, { recursive: true })
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['**/*'], exclude: [] }),
    )
    const errors = blocks.length === 0 ? '' : await typeErrors(root, folder)
    return { files: blocks.length, errors }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Only what tsc says of the examples themselves; the rest of the tree has a check of its own. */
function typeErrors(root: string, folder: string): Promise<string> {
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  return new Promise((resolve) => {
    execFile(tsc, ['-p', folder, '--pretty', 'false'], { cwd: folder }, (_error, said) => {
      resolve(said.trimEnd())
    })
  })
}
