import type { FieldProblem, Json, Locale, SettingGroup, Words } from '#core'

/** How one setting is asked for. */
export interface SettingField {
  readonly name: string
  readonly kind: 'text' | 'long' | 'number' | 'choice' | 'switch' | 'lines'
  readonly label: string
  readonly help: string | undefined
  readonly unit: string | undefined
  /** What one unit of the form is in units of the program: 1 048 576 where the form counts MiB. */
  readonly factor: number
  readonly maxLength: number | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

/** What a form of one group holds, by name; numbers in the units of the form. */
export type Typed = Readonly<Record<string, string>>

type Property = Readonly<Record<string, unknown>>

/** Fields of the kinds a form can ask for; a setting of another kind is set through the API. */
export function fieldsOf(group: SettingGroup, locale: Locale): readonly SettingField[] {
  const properties = Object.entries((group.schema['properties'] ?? {}) as Record<string, Property>)
  return properties.flatMap(([name, property]) => {
    const kind = kindOf(property)
    if (kind === undefined) return []
    const scale = property['scale'] as { factor: number; unit: Words } | undefined
    const options = (property['options'] ?? {}) as Record<string, Words>
    return [
      {
        name,
        kind,
        label: wordsIn(property, 'titles', 'title', locale) ?? name,
        help: wordsIn(property, 'help', 'description', locale),
        unit: (scale?.unit ?? (property['unit'] as Words | undefined))?.[locale],
        factor: scale?.factor ?? 1,
        maxLength: property['maxLength'] as number | undefined,
        options: choicesIn(property).map((value) => ({
          value,
          label: options[value]?.[locale] ?? value,
        })),
      },
    ]
  })
}

export function typedOf(fields: readonly SettingField[], values: SettingGroup['values']): Typed {
  return Object.fromEntries(
    fields.map(({ name, kind, factor }) => {
      const value = values[name] ?? ''
      if (kind === 'number') return [name, value === '' ? '' : String(Number(value) / factor)]
      if (kind === 'switch') return [name, value === true ? 'true' : '']
      if (kind === 'lines') return [name, Array.isArray(value) ? value.join('\n') : '']
      return [name, typeof value === 'string' ? value : '']
    }),
  )
}

/** A number that is none stays the text it is, so that the schema says what is wrong with it. */
export function valuesIn(fields: readonly SettingField[], typed: Typed): Record<string, Json> {
  return Object.fromEntries(
    fields.map(({ name, kind, factor }): [string, Json] => {
      const text = typed[name] ?? ''
      if (kind === 'number') return [name, numberIn(text, factor)]
      if (kind === 'switch') return [name, text === 'true']
      if (kind === 'lines') return [name, linesIn(text)]
      return [name, text]
    }),
  )
}

/** Problem of each field, in words; limits in the units of the form. */
export function errorsOf(
  fields: readonly SettingField[],
  problems: readonly FieldProblem[],
  locale: Locale,
): Typed {
  return Object.fromEntries(
    problems.flatMap((problem): [string, string][] => {
      const [, name = ''] = problem.path.split('/')
      const field = fields.find((one) => one.name === name)
      if (!field) return []
      const text = problem[locale]
      return [[name, field.factor === 1 ? text : inUnits(text, field)]]
    }),
  )
}

function inUnits(text: string, { factor, unit = '' }: SettingField): string {
  return text.replace(/\d+/, (limit) => `${Number(limit) / factor} ${unit}`)
}

function numberIn(text: string, factor: number): Json {
  const number = Number(text.trim().replace(',', '.'))
  if (text.trim() === '' || !Number.isFinite(number)) return text
  return factor === 1 ? number : Math.round(number * factor)
}

function linesIn(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function kindOf(property: Property): SettingField['kind'] | undefined {
  const { type } = property
  if (choicesIn(property).length > 0) return 'choice'
  if (type === 'string') return property['isLong'] === true ? 'long' : 'text'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'switch'
  const items = (property['items'] ?? {}) as Property
  return type === 'array' && items['type'] === 'string' ? 'lines' : undefined
}

/** Of texts alone: a form has nothing else to choose from. */
function choicesIn(property: Property): readonly string[] {
  const choices: unknown = property['enum']
  return Array.isArray(choices) ? choices.filter((choice) => typeof choice === 'string') : []
}

/** A manifest of a stranger may say it in one language alone. */
function wordsIn(
  property: Property,
  both: string,
  one: string,
  locale: Locale,
): string | undefined {
  const words = property[both] as Words | undefined
  const single = property[one]
  return words?.[locale] ?? (typeof single === 'string' ? single : undefined)
}
