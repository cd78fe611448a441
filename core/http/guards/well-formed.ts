import { coreErrors, type FieldProblem } from '../../errors.ts'

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Refuses what no field of ours may hold: NUL, halves of surrogate pairs, and names that reach for
 * an object's prototype. Walks with its own stack, so that depth cannot exhaust the program's.
 *
 * @throws QL_VALIDATION naming the first place found.
 */
export function requireWellFormed(body: unknown): void {
  const waiting: { readonly value: unknown; readonly path: string }[] = [{ value: body, path: '' }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, path } = next
    if (typeof value === 'string') requireText(value, path)
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      requireText(key, path)
      if (FORBIDDEN_KEYS.has(key))
        refuse(path, 'name', 'This name is not allowed.', 'Такое имя поля не разрешено.')
      waiting.push({ value: inner, path: `${path}/${key}` })
    }
  }
}

function requireText(text: string, path: string): void {
  if (text.isWellFormed() && !text.includes('\0')) return
  refuse(
    path,
    'text',
    'The text holds characters that cannot be stored.',
    'В тексте есть символы, которые нельзя сохранить.',
  )
}

function refuse(path: string, code: string, en: string, ru: string): never {
  const problem: FieldProblem = { path: path.slice(0, 200), code, en, ru }
  throw coreErrors.QL_VALIDATION({ errors: [problem] })
}
