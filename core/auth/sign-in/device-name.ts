/** What a browser says of itself, in words a person knows. */
export interface DeviceName {
  /** `Firefox`; empty for a program that names none. */
  readonly browser: string
  /** `Linux`; empty when it is not told. */
  readonly system: string
  readonly kind: 'desktop' | 'phone' | 'tablet' | 'program'
}

/** The order matters: browsers name those they descend from as well. */
const BROWSERS: readonly (readonly [string, RegExp])[] = [
  ['Yandex Browser', /\bYaBrowser\//],
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|Chromium)\//],
  ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
]

const SYSTEMS: readonly (readonly [string, RegExp])[] = [
  ['iPadOS', /\biPad\b/],
  ['iOS', /\biPhone\b|\biPod\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMac OS X\b|\bMacintosh\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b|\bX11\b/],
]

/** Names what a `User-Agent` header says; never fails, whatever stands in it. */
export function deviceNameOf(userAgent: string): DeviceName {
  const browser = firstIn(BROWSERS, userAgent)
  const system = firstIn(SYSTEMS, userAgent)
  if (browser !== '') return { browser, system, kind: kindOf(userAgent) }
  const [program = ''] = /^[A-Za-z][A-Za-z ._-]{0,40}/.exec(userAgent) ?? []
  return { browser: program.trim(), system, kind: 'program' }
}

function kindOf(userAgent: string): DeviceName['kind'] {
  if (/\biPad\b|\bTablet\b/.test(userAgent)) return 'tablet'
  if (/\bMobile\b|\biPhone\b/.test(userAgent)) return 'phone'
  return /\bAndroid\b/.test(userAgent) ? 'tablet' : 'desktop'
}

function firstIn(names: readonly (readonly [string, RegExp])[], text: string): string {
  return names.find(([, sign]) => sign.test(text))?.[0] ?? ''
}
