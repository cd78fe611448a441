import type { FastifyReply, FastifyRequest } from 'fastify'
import { gzip } from 'node:zlib'
import { promisify } from 'node:util'
import type { Actor } from '../../port/requests.ts'
import type { Documents } from '../../views/documents.ts'
import type { HtmlPage, PageResult, RawPage } from '../../views/page.ts'
import { AcceptedEncoding } from './accepted-encoding.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Match } from '../routes/module-router.ts'
import { NO_STORE, setCookies } from './reply.ts'
import type { RequestFacts } from '../requests/request-facts.ts'
import { contentSecurityPolicy, permissionsPolicy } from './security-headers.ts'

export interface PageServices {
  readonly kept: KeptAnswers
  readonly documents: Documents
  /** Of every answer; kept pages carry them as well. */
  readonly commonHeaders: Readonly<Record<string, string>>
}

/** The request that a page answers. */
export interface PageExchange {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly match: Match
  readonly facts: RequestFacts
  readonly actor: Actor | null
  /** Of the kept pages, before this one was made. */
  readonly moment: number
  /** Of the reader's log of updates, before this page was made. */
  readonly pts: number | undefined
}

type Shown = HtmlPage | RawPage

const PERSONAL = { ...NO_STORE, vary: 'Accept-Encoding' }
const SHARED = { 'cache-control': 'no-cache', vary: 'Cookie, Accept-Language, Accept-Encoding' }

const gzipLater = promisify(gzip)
const MIN_COMPRESSED = 1_024
const MADE_ENCODING = new AcceptedEncoding(['gzip'])

/** Sends what a page has answered. What every stranger sees alike is kept for the next. */
export async function sendPage(
  services: PageServices,
  page: PageResult,
  exchange: PageExchange,
): Promise<FastifyReply> {
  if (page.kind === 'redirect') return sendRedirect(page, exchange)
  const { request, reply, moment } = exchange
  const { kept, documents, commonHeaders } = services
  const key = page.shows ? kept.keyOf(request.raw) : undefined
  const text = page.kind === 'raw' ? page.body : await documentOf(documents, page, exchange)
  const status = page.status ?? 200
  const headers = headersOf(page, hasScripts(documents, page, exchange))
  const isPersonal = key === undefined || reply.hasHeader('set-cookie') || !page.shows
  if (isPersonal) return sendMade(status, { ...headers, ...PERSONAL }, text, exchange)
  const shared = { ...headers, ...SHARED }
  const answer = { status, headers: { ...commonHeaders, ...shared }, text, shows: page.shows }
  const stored = kept.keep(key, answer, moment)
  if (!stored) return sendMade(status, shared, text, exchange)
  /* The first reader gets the same bytes and headers as all who follow. */
  reply.hijack()
  kept.send(key, stored, request.raw, reply.raw)
  return reply
}

function sendRedirect(
  { to, status = 303, cookies, isSecret, headers }: Extract<PageResult, { kind: 'redirect' }>,
  { reply, facts }: PageExchange,
): FastifyReply {
  setCookies(reply, cookies, facts)
  return reply
    .code(status)
    .headers(isSecret ? { 'referrer-policy': 'no-referrer', ...NO_STORE } : {})
    .headers({ ...headers, location: to })
    .send()
}

function documentOf(documents: Documents, page: HtmlPage, exchange: PageExchange): Promise<string> {
  const { match, facts, reply, pts } = exchange
  if (!match.route.isCore) throw new Error(`${match.route.module} may not hand over HTML`)
  setCookies(reply, page.cookies, facts)
  const { preferences, url: path } = facts
  return documents.compose(page, { actor: readerOf(page, exchange), preferences, path, pts })
}

function hasScripts(documents: Documents, page: Shown, exchange: PageExchange): boolean {
  return page.kind === 'html' && documents.hasScripts(page, readerOf(page, exchange))
}

function readerOf({ isFarewell }: HtmlPage, { actor }: PageExchange): Actor | null {
  return isFarewell ? null : actor
}

function headersOf(page: Shown, withScripts: boolean): Record<string, string> {
  if (page.kind === 'raw') {
    const { contentType, fileName } = page
    const saved = { 'content-disposition': `attachment; filename="${fileName}"` }
    return { 'content-type': contentType, ...(fileName === undefined ? {} : saved) }
  }
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(withScripts),
    ...(page.mayUse ? { 'permissions-policy': permissionsPolicy(page.mayUse) } : {}),
  }
}

/** A page that is not kept, for one reader: as text, which is cheaper to send once than bytes. */
async function sendMade(
  status: number,
  headers: Record<string, string>,
  text: string,
  { request, reply }: PageExchange,
): Promise<FastifyReply> {
  reply.code(status).headers(headers)
  const isWorth = text.length >= MIN_COMPRESSED
  const coding = isWorth ? MADE_ENCODING.choose(request.headers['accept-encoding']) : undefined
  if (coding === undefined) return reply.send(text)
  const packed = await gzipLater(text, { level: 3 })
  return reply.header('content-encoding', coding).send(packed)
}
