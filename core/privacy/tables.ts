import type { Locale } from '../port/requests.ts'
import type { ErasedContent } from './index.ts'

export interface DocumentTable {
  readonly document: string
  readonly locale: Locale
  readonly version: number
  readonly title: string
  readonly body: string
  readonly sha256: string
  readonly template_sha256: string | null
  readonly asks_again: number
  readonly published_at: string
  readonly published_by: string | null
}

export interface ConsentTable {
  readonly id: string
  readonly user_id: string
  readonly purpose: string
  readonly action: 'given' | 'withdrawn'
  readonly document: string
  readonly version: number
  readonly sha256: string
  readonly locale: Locale
  readonly at: string
  readonly ip: string
  readonly user_agent: string
  /** `registration`, `card`, `page`, `api`. */
  readonly method: string
}

export interface ExportTable {
  readonly id: string
  readonly user_id: string
  readonly locale: Locale
  readonly state: 'running' | 'ready' | 'failed' | 'cancelled' | 'expired'
  readonly percent: number
  readonly bytes: number
  readonly created_at: string
  readonly expires_at: string | null
}

export interface ErasureTable {
  readonly id: string
  readonly user_id: string
  readonly content: ErasedContent
  /** `running` from the day it is due until everybody has erased. */
  readonly state: 'waiting' | 'running' | 'cancelled' | 'done'
  readonly reason: string
  readonly requested_at: string
  readonly due_at: string
  readonly ended_at: string | null
}

export interface PrivacyTables {
  legal_documents: DocumentTable
  consent_records: ConsentTable
  personal_exports: ExportTable
  erasure_requests: ErasureTable
  retention_reports: { id: string; at: string; removed: string }
}
