import { IntlMessageFormat } from 'intl-messageformat'

/** Names of the values a message of a catalogue takes, sorted; throws where it is malformed. */
export function messageValues(text: string, locale: string): readonly string[] {
  const asked = new Set<string>()
  const values = new Proxy<Record<string, number>>(
    {},
    {
      has: () => true,
      get: (_, name) => {
        asked.add(String(name))
        return 1
      },
    },
  )
  new IntlMessageFormat(text, locale, undefined, { ignoreTag: true }).format(values)
  return [...asked].toSorted()
}
