import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FieldProblem } from './errors.ts'

/**
 * One validator for the port, HTTP, events, settings and manifests: JSON Schema 2020-12, no
 * coercion, no defaults filled in, unknown members refused where the schema closes an object.
 */
const ajv = new Ajv2020({ allErrors: true, strict: false, coerceTypes: false, ownProperties: true })
addFormats.default(ajv)

const compiled = new WeakMap<object, ValidateFunction>()

/** Problems found, none when `value` fits. */
export function problemsOf(schema: object, value: unknown): FieldProblem[] {
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(schema)
    compiled.set(schema, validate)
  }
  return validate(value) ? [] : (validate.errors ?? []).slice(0, MAX_PROBLEMS).map(problem)
}

const MAX_PROBLEMS = 20

function problem(error: ErrorObject): FieldProblem {
  const member = memberNamed(error)
  const path =
    member === undefined ? error.instancePath : `${error.instancePath}/${pointer(member)}`
  return { path, code: error.keyword, ...words(error) }
}

function memberNamed({ keyword, params }: ErrorObject): string | undefined {
  if (keyword === 'required') return String(params['missingProperty'])
  if (keyword === 'additionalProperties') return String(params['additionalProperty'])
  return undefined
}

function pointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

type Words = Pick<FieldProblem, 'en' | 'ru'>
type Params = Record<string, unknown>

/** Sentences for the keywords our schemas use; anything else falls back to «does not fit». */
const SENTENCES: Readonly<Record<string, (params: Params) => Words>> = {
  required: () => ({ en: 'Fill this in.', ru: 'Заполните это поле.' }),
  additionalProperties: () => ({
    en: 'This field is not known here.',
    ru: 'Здесь нет такого поля.',
  }),
  type: ({ type }) => ({ en: `Expected: ${String(type)}.`, ru: `Ожидается тип ${String(type)}.` }),
  minLength: ({ limit }) => ({
    en: `At least ${String(limit)} characters.`,
    ru: `Не меньше ${String(limit)} знаков.`,
  }),
  maxLength: ({ limit }) => ({
    en: `At most ${String(limit)} characters.`,
    ru: `Не больше ${String(limit)} знаков.`,
  }),
  maxItems: ({ limit }) => ({
    en: `At most ${String(limit)} items.`,
    ru: `Не больше ${String(limit)} штук.`,
  }),
  minimum: ({ limit }) => ({
    en: `Not below ${String(limit)}.`,
    ru: `Не меньше ${String(limit)}.`,
  }),
  maximum: ({ limit }) => ({
    en: `Not above ${String(limit)}.`,
    ru: `Не больше ${String(limit)}.`,
  }),
  pattern: () => ({ en: 'This form is not allowed.', ru: 'Такая запись не подходит.' }),
  format: ({ format }) => ({
    en: `Not a valid ${String(format)}.`,
    ru: `Неправильный формат: ${String(format)}.`,
  }),
  const: ({ allowedValue }) => ({
    en: `Must be ${JSON.stringify(allowedValue)}.`,
    ru: `Должно быть ${JSON.stringify(allowedValue)}.`,
  }),
  enum: ({ allowedValues }) => ({
    en: `One of: ${String(allowedValues)}.`,
    ru: `Одно из: ${String(allowedValues)}.`,
  }),
}

function words({ keyword, params }: ErrorObject): Words {
  return SENTENCES[keyword]?.(params) ?? { en: 'This does not fit.', ru: 'Это не подходит.' }
}
