import { isSafeHref, isSafeImageSrc, isWebAddress } from '../address.ts'
import { DocumentError } from '../document-error.ts'

/** Returns the value in its stored form or throws `DocumentError` with the given path. */
export type AttributeRule = (value: unknown, path: string) => unknown

export interface Attribute {
  rule: AttributeRule
  required?: true
  /** Stands in when the attribute is absent. */
  fallback?: unknown
  /** A value that means the same as absence and is therefore not stored. */
  silent?: unknown
}
export type Attributes = Readonly<Record<string, Attribute>>
export type JsonObject = Record<string, unknown>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function text(maxLength: number): AttributeRule {
  return (value, path) => {
    if (typeof value !== 'string') throw new DocumentError('invalid', path, 'must be text')
    if (value.length > maxLength) {
      throw new DocumentError('invalid', path, `is longer than ${maxLength} characters`)
    }
    return value
  }
}

/** Text on one line, without spaces at its ends; text that is only spaces counts as absent. */
export function line(maxLength: number): AttributeRule {
  const anyText = text(maxLength)
  return (value, path) => String(anyText(value, path)).replace(/\s+/g, ' ').trim()
}

export function pattern(allowed: RegExp, what: string): AttributeRule {
  return (value, path) => {
    if (typeof value !== 'string' || !allowed.test(value)) {
      throw new DocumentError('invalid', path, `must be ${what}`)
    }
    return value
  }
}

export function oneOf(...allowed: readonly (string | number | boolean)[]): AttributeRule {
  return (value, path) => {
    if (!allowed.some((option) => option === value)) {
      throw new DocumentError('invalid', path, `must be one of ${allowed.join(', ')}`)
    }
    return value
  }
}

export function integer(min: number, max: number): AttributeRule {
  return (value, path) => {
    if (!Number.isInteger(value) || Number(value) < min || Number(value) > max) {
      throw new DocumentError('invalid', path, `must be a whole number from ${min} to ${max}`)
    }
    return value
  }
}

export const flag: AttributeRule = oneOf(true, false)

export const href: AttributeRule = (value, path) => {
  if (typeof value !== 'string' || !isSafeHref(value)) {
    throw new DocumentError('bad-link', path, 'is not an address a link may have')
  }
  return value
}

export const webAddress: AttributeRule = (value, path) => {
  if (typeof value !== 'string' || !isWebAddress(value)) {
    throw new DocumentError('bad-link', path, 'must be an http or https address')
  }
  return value
}

export const imageSrc: AttributeRule = (value, path) => {
  if (typeof value !== 'string' || !isSafeImageSrc(value)) {
    throw new DocumentError('bad-image', path, 'is not an address a picture may have')
  }
  return value
}

/**
 * Reads the attributes that `allowed` names, in its order. `null` counts as absent, because
 * editors write it for an unset attribute; a name that is not allowed is refused.
 */
export function parseAttributes(input: unknown, allowed: Attributes, path: string): JsonObject {
  const given = input ?? {}
  if (!isObject(given)) throw new DocumentError('invalid', path, 'must be an object')
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(allowed, name)) {
      throw new DocumentError('unknown-attribute', `${path}.${name}`, 'is not known')
    }
  }
  const parsed: JsonObject = {}
  for (const [name, attribute] of Object.entries(allowed)) {
    const value = readAttribute(given[name], attribute, `${path}.${name}`)
    if (value !== undefined && value !== attribute.silent) parsed[name] = value
  }
  return parsed
}

function readAttribute(given: unknown, attribute: Attribute, path: string): unknown {
  if (given !== undefined && given !== null) return attribute.rule(given, path)
  if (attribute.required === true) throw new DocumentError('invalid', path, 'is missing')
  return attribute.fallback
}
