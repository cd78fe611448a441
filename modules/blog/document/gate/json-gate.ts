import { DocumentError } from '../document-error.ts'
import { DOC_LIMITS } from '../model.ts'

/**
 * A node takes two levels of JSON (the object and its `content`); attributes add a few. Deeper
 * input is refused here, before anything recursive sees it.
 */
const MAX_JSON_DEPTH = DOC_LIMITS.maxDepth * 2 + 16
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
// NUL and the C0 controls except tab and line feed: XML cannot carry them, terminals obey them.
const CONTROL = /[\u0000-\u0008\u000B-\u001F]/

interface Frame {
  value: unknown
  path: string
  depth: number
}

/**
 * Refuses whatever is not plain, bounded JSON: depth, size, foreign prototypes, prototype keys,
 * control characters, lone surrogates. It walks with its own stack, so that no input can exhaust
 * the call stack. Throws `DocumentError`.
 */
export function checkJson(input: unknown): void {
  const stack: Frame[] = [{ value: input, path: '', depth: 0 }]
  // A lower bound of the size, so that a huge input is refused before all of it was visited.
  let leastBytes = 0
  for (let frame = stack.pop(); frame !== undefined; frame = stack.pop()) {
    const { value, path, depth } = frame
    leastBytes += typeof value === 'string' ? value.length + 2 : 1
    if (leastBytes > DOC_LIMITS.maxBytes) throw tooLarge()
    if (typeof value === 'string') checkText(value, path)
    else if (typeof value === 'object' && value !== null) {
      if (depth >= MAX_JSON_DEPTH) throw new DocumentError('too-deep', path, 'nested too deep')
      pushChildren(stack, value, path, depth + 1)
    } else if (!isScalar(value)) throw new DocumentError('invalid', path, 'is not JSON')
  }
  if (Buffer.byteLength(JSON.stringify(input)) > DOC_LIMITS.maxBytes) throw tooLarge()
}

/** Refuses text with control characters or lone surrogates. Throws `DocumentError`. */
export function checkText(text: string, path: string): void {
  if (CONTROL.test(text)) throw new DocumentError('bad-text', path, 'has a control character')
  if (!text.isWellFormed()) throw new DocumentError('bad-text', path, 'has a lone surrogate')
}

function pushChildren(stack: Frame[], value: object, path: string, depth: number): void {
  if (Array.isArray(value)) {
    for (let i = value.length - 1; i >= 0; i--) {
      stack.push({ value: value[i], path: `${path}[${i}]`, depth })
    }
    return
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new DocumentError('invalid', path, 'is not a plain object')
  }
  for (const [key, child] of Object.entries(value)) {
    const childPath = path === '' ? key : `${path}.${key}`
    if (FORBIDDEN_KEYS.has(key)) throw new DocumentError('forbidden-key', childPath, 'is forbidden')
    checkText(key, path)
    stack.push({ value: child, path: childPath, depth })
  }
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'boolean' || Number.isFinite(value)
}

function tooLarge(): DocumentError {
  return new DocumentError('too-large', '', `takes more than ${DOC_LIMITS.maxBytes} bytes as JSON`)
}
