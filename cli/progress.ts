/** One line that changes while somebody waits at a terminal; nothing where nobody does. */
export function progressLine(): { show(text: string): void; end(): void } {
  const { stderr } = process
  let shownAt = 0
  let isShown = false
  return {
    show: (text) => {
      if (!stderr.isTTY || performance.now() - shownAt < 100) return
      shownAt = performance.now()
      isShown = true
      stderr.write(`\r\u001B[2K${text}`)
    },
    end: () => {
      if (isShown) stderr.write('\r\u001B[2K')
    },
  }
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** `1.4 MiB` */
export function bytesInWords(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`
}
