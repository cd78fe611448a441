import type { SourceFile } from './source-files.ts'

const ERROR_CODE = /\bQL(?:_[A-Z0-9]+)+\b/g
const EVENT_TYPE = /^[a-z][a-z-]*(?:\.[a-z][a-z-]*)+$/
const SETTING = /\bQUARK_[A-Z0-9]+(?:_[A-Z0-9]+)*\b|(?<=\bread\(')[A-Z][A-Z0-9_]+(?=')/g
const SETTING_NAME = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
const COMMAND = /\.command\(\s*['"`]([a-z][a-z:-]*)/g
const TEST_SETTING = 'QUARK_TEST_'

/** Where a document introduces a name: at the start of a heading, a table row or a list item. */
const ENTRY = /^(?:#+\s+|\|\s*|[-*]\s+)`([^`]+)`/gm

/** Two lists of names that must be the same, and what each lacks. */
export interface Comparison {
  readonly undocumented: readonly string[]
  readonly unknown: readonly string[]
}

/** Compares the names the code has with those a document mentions and those it introduces. */
export function compare(
  inCode: ReadonlySet<string>,
  mentioned: ReadonlySet<string>,
  introduced: ReadonlySet<string> = mentioned,
): Comparison {
  return {
    undocumented: [...inCode].filter((name) => !mentioned.has(name)).toSorted(),
    unknown: [...introduced].filter((name) => !inCode.has(name)).toSorted(),
  }
}

export function compareErrorCodes(code: readonly SourceFile[], document: string): Comparison {
  return compare(matches(code, ERROR_CODE), new Set(document.match(ERROR_CODE)))
}

/** Event types of the manifests, and those the core publishes itself, against the document. */
export function compareEvents(
  manifests: readonly SourceFile[],
  core: readonly SourceFile[],
  document: string,
): Comparison {
  const declared = new Set(manifests.flatMap((file) => eventsOf(JSON.parse(file.text))))
  const introduced = namedIn(document, EVENT_TYPE)
  const published = core.flatMap((file) =>
    [...introduced].filter((type) => file.text.includes(`'${type}'`)),
  )
  return compare(new Set([...declared, ...published]), introduced)
}

/** Environment variables that `config.ts` reads; those of tests alone are described elsewhere. */
export function compareSettings(config: SourceFile, document: string): Comparison {
  const read = [...matches([config], SETTING)].filter((name) => !name.startsWith(TEST_SETTING))
  return compare(new Set(read), namedIn(document, SETTING_NAME))
}

/** Commands of the `quark` program; the document introduces each as `` `quark name …` ``. */
export function compareCommands(cli: readonly SourceFile[], document: string): Comparison {
  const commands = cli.flatMap((file) => [...file.text.matchAll(COMMAND)].map(([, name]) => name))
  const described = [...namedIn(document, /^(?:npx )?quark [a-z]/)].map((entry) =>
    entry.replace(/^(?:npx )?quark /, '').replace(/\s.*$/s, ''),
  )
  return compare(new Set(commands.filter((name) => name !== undefined)), new Set(described))
}

function eventsOf(manifest: unknown): string[] {
  const events = property(manifest, 'events')
  return ['publishes', 'subscribes'].flatMap((list) => {
    const types = property(events, list)
    return typeof types === 'object' && types !== null ? Object.keys(types) : []
  })
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

function matches(files: readonly SourceFile[], pattern: RegExp): Set<string> {
  return new Set(files.flatMap((file) => file.text.match(pattern) ?? []))
}

function namedIn(document: string, form: RegExp): Set<string> {
  const names = [...document.matchAll(ENTRY)].flatMap(([, name]) => name ?? [])
  return new Set(names.filter((name) => form.test(name)))
}
