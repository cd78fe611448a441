import pg from 'pg'

/** What a stock PostgreSQL for tests answers to: the user `postgres` and the database `test`. */
const LOCAL_URL = 'postgres://postgres@127.0.0.1:5432/test'
const CONNECT_TIMEOUT_MS = 2000
const CHOSEN = 'QUARK_TEST_POSTGRES'

/** Why the suites of a real server are skipped where `reachablePostgres` finds none. */
export const NO_POSTGRES = `no PostgreSQL server: ${CHOSEN} is not set and 127.0.0.1:5432 does not answer`

/**
 * The URL of a real PostgreSQL for tests, or undefined where there is none. A server named by
 * `QUARK_TEST_POSTGRES` is taken at its word, so that a wrong one fails loudly; an empty value
 * means “none”. Otherwise the local server is asked once, and the answer is kept in the
 * environment for this process and the test processes it starts.
 */
export async function reachablePostgres(): Promise<string | undefined> {
  const chosen = process.env[CHOSEN]
  if (chosen !== undefined) return chosen || undefined
  const found = (await answers(LOCAL_URL)) ? LOCAL_URL : undefined
  process.env[CHOSEN] = found ?? ''
  return found
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}
