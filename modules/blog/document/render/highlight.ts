import hljs from 'highlight.js/lib/core'
import type { LanguageFn } from 'highlight.js'
import { languageId } from './language-name.ts'

/** Colouring is linear at best; longer code is shown plain rather than holding up the page. */
const MAX_CODE_CHARS = 50_000

const GRAMMARS: Readonly<Record<string, () => Promise<{ default: LanguageFn }>>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  html: () => import('highlight.js/lib/languages/xml'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  nginx: () => import('highlight.js/lib/languages/nginx'),
  php: () => import('highlight.js/lib/languages/php'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  toml: () => import('highlight.js/lib/languages/ini'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
}

/**
 * Loads the grammars of the given languages and returns the colouring function: escaped HTML with
 * `<span class="hljs-…">`, or `undefined` for a language without a grammar.
 */
export async function loadHighlighter(
  languages: ReadonlySet<string>,
): Promise<(code: string, language: string) => string | undefined> {
  for (const language of languages) {
    if (hljs.getLanguage(language) !== undefined || !Object.hasOwn(GRAMMARS, language)) continue
    const grammar = await GRAMMARS[language]?.()
    if (grammar !== undefined) hljs.registerLanguage(language, grammar.default)
  }
  return (code, language) => {
    const id = languageId(language)
    if (code.length > MAX_CODE_CHARS || hljs.getLanguage(id) === undefined) return undefined
    return hljs.highlight(code, { language: id, ignoreIllegals: true }).value
  }
}
