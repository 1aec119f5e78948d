// What is asked and answered about the visit sheet and form packs. Kept by hand until the core generates these words
// into gen/; then this file goes.
import type { FillRequest } from './gen/FillRequest'

export type VisitRequest = FillRequest & { big?: boolean; sign?: boolean }
export interface VisitReply { pdf: string; pages: number; file_name: string }
export interface PackRequest { paths?: string[] }
export interface PackReply { file_name: string; bytes: string; forms: number }
export interface UnpackReply { op: number; forms: number; headings: number }
