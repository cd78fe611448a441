import { ConfigError } from '../../config.ts'
import { DatabaseError } from '../../db/index.ts'

/** One sentence for the operator about a start that failed; unexpected errors keep their stack. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (error instanceof DatabaseError) return databaseSentence(error)
  const code = codeOf(error)
  if (code === 'EADDRINUSE') {
    return `The port is taken: another program listens at ${placeOf(error)}. Stop it, or set QUARK_PORT.`
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return `No permission for ${placeOf(error)}. Check who owns it, or set QUARK_DATA_DIR.`
  }
  if (code === 'EADDRNOTAVAIL') {
    return `This machine has no address ${placeOf(error)}. Set QUARK_HOST.`
  }
  if (error instanceof Error && error.name.endsWith('Error') && error.name !== 'Error' && error.name !== 'TypeError') {
    return error.message
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function databaseSentence({ fault, detail, cause }: DatabaseError): string {
  switch (fault) {
    case 'unwritable':
      return `The database ${detail} cannot be opened (${messageOf(cause)}). Check the folder's owner and free space, or set QUARK_DATA_DIR.`
    case 'too-old':
      return `SQLite ${detail} is too old to be safe. Start with npm start, which brings the right Node.`
    case 'unreachable':
      return `PostgreSQL at ${detail} does not answer (${messageOf(cause)}). Check DATABASE_URL.`
    case 'newer-schema':
      return `The database was made by a newer version of the program (it holds ${detail}). Update the program, or restore a backup.`
    default:
      return `The database refused: ${fault} ${detail}.`
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}

function placeOf(error: unknown): string {
  const { path, address, port } = error as { path?: string; address?: string; port?: number }
  return path ?? (port === undefined ? String(address) : `${String(address)}:${port}`)
}
