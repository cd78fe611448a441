/** Words for people in the station's languages. */
export interface Words {
  readonly en: string
  readonly ru: string
}

/**
 * What a form shows of a field, beside its JSON Schema. JSON Schema has one `title` and one
 * `description`; the station speaks two languages.
 */
export interface FieldWords {
  readonly titles: Words
  readonly help?: Words
  /** After the field: days, MiB. */
  readonly unit?: Words
  /** Value of an enumeration → what it means. */
  readonly options?: Readonly<Record<string, Words>>
  /** The form shows the field as several lines. */
  readonly isLong?: boolean
}

/** `both('Name', 'Название')` */
export function both(en: string, ru: string): Words {
  return { en, ru }
}
