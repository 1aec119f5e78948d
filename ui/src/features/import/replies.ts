// What the import commands answer, as the wizard uses it: one shape, whatever the reply leaves out.
import type { ImportCounts, PlanRow, Problem } from '@/bridge'

/** Rows of a plan by what becomes of them. */
export type Outcome = 'added' | 'changed' | 'same' | 'conflict' | 'refused' | 'absent'

/** A plan or the result of carrying it out. */
export interface Planned {
  op: number | null
  counts: ImportCounts
  problems: Problem[]
  problem_count: number
  mapping: { letter: string; heading: string; field: string | null; how?: string }[]
  rows: Record<Outcome, PlanRow[]>
}

type Raw = Partial<ImportCounts> & Partial<Omit<Planned, 'rows'>> & { rows?: Partial<Planned['rows']> }

/** Brings a reply of `import.preview` or `import.apply` into one shape. */
export function planned(raw: Raw): Planned {
  const counts = raw.counts ?? {
    added: raw.added ?? 0,
    changed: raw.changed ?? 0,
    same: raw.same ?? 0,
    conflict: raw.conflict ?? 0,
    refused: raw.refused ?? 0,
    absent: raw.absent ?? 0,
  }
  const none = { added: [], changed: [], same: [], conflict: [], refused: [], absent: [] }
  const problems = raw.problems ?? []
  return {
    op: raw.op ?? null,
    counts,
    problems,
    problem_count: raw.problem_count ?? problems.length,
    mapping: raw.mapping ?? [],
    rows: { ...none, ...raw.rows },
  }
}
