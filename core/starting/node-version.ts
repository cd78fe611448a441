const MIN_NODE = 26

/** One sentence about what to do when an older Node runs the program; undefined when all is well. */
export function wrongNode(): string | undefined {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= MIN_NODE) return undefined
  const isRussian = /^ru/i.test(process.env['LANG'] ?? '')
  return isRussian
    ? `Нужен Node ${MIN_NODE}, а запущен ${process.versions.node}. Команда npm start установит нужный сама.`
    : `Node ${MIN_NODE} is needed, this is ${process.versions.node}. The command npm start brings the right one.`
}
