// Every command of the core by name, with what it is asked and what it answers; `core/src/api.rs` is the
// original. Calls are typed by this table, so a page cannot ask for what the core does not know.
import type * as Core from './types'

/** A request with fields that the core fills in when they are left out. */
type Spare<T, Fields extends keyof T> = Omit<T, Fields> & Partial<Pick<T, Fields>>

export interface Commands {
  'committee.change': [Core.CommitteeChange, Core.Committee]
  'committee.get': [Core.Nothing, Core.Committee]
  'dictionary.list': [Core.Nothing, Core.FieldsReply]
  'dictionary.remember': [Core.RememberRequest, Core.Nothing]
  'fill.cells': [Core.FillCellsRequest, Core.FillCells]
  'fill.copy': [Core.SubmissionRequest, Core.FillCopy]
  'fill.done': [Core.FillDoneRequest, Core.FillDone]
  'fill.gaps': [Core.FillRequest, Core.FillGaps]
  'fill.keep': [Core.FillRequest, Core.FillKept]
  'fill.list': [Core.FillListRequest, Core.FillList]
  'fill.make': [Core.FillRequest, Core.FillMade]
  'fill.open': [Core.FillOpenRequest, Core.FillOpened]
  'fill.pack': [Core.FillPackRequest, Core.FillPack]
  'fill.preview': [Core.FillRequest, Core.FillPreview]
  'fill.save_gaps': [Core.SaveGaps, Core.SavedGaps]
  'fill.source': [Core.FillSourceRequest, Core.FillSource | null]
  'fill.unpack': [Core.FillUnpackRequest, Core.FillUnpacked]
  'fill.visit': [Core.FillVisitRequest, Core.FillVisit]
  'help.get': [Core.HelpRequest, Core.HelpPage]
  'help.list': [Core.Nothing, Core.HelpEntry[]]
  'history.list': [Spare<Core.ListRequest, 'before'>, Core.ListReply]
  'history.redo': [Spare<Core.UndoRequest, 'op'>, Core.UndoReply]
  'history.undo': [Spare<Core.UndoRequest, 'op'>, Core.UndoReply]
  'import.apply': [Core.ImportRequest, Core.ImportReply]
  'import.cells': [Core.CellsRequest, Core.CellsReply]
  'import.list': [Core.Nothing, Core.BatchesReply]
  'import.open': [Core.OpenRequest, Core.Inspection]
  'import.paste': [Core.PasteRequest, Core.PasteReply]
  'import.preview': [Core.ImportRequest, Core.ImportReply]
  'ledger.add': [Spare<Core.AddRequest, 'uid'>, Core.AddReply]
  'ledger.change': [Core.ChangeRequest, Core.ChangeReply]
  'ledger.get': [Core.LedgerRequest, Core.LedgerReply]
  'ledger.list': [Core.Nothing, Core.LedgersReply]
  'ledger.new': [Core.NewRequest, Core.NewReply]
  'ledger.overlap': [Core.Nothing, Core.OverlapReply]
  'ledger.remove': [Core.RemoveRequest, Core.RemoveReply]
  'ledger.rows': [Spare<Core.RowsRequest, 'unmasked'>, Core.RowsReply]
  'ledger.source': [Core.SourceRequest, Core.CardSource | null]
  'office.check': [Core.Nothing, Core.CheckReply]
  'office.home': [Core.Nothing, Core.HomeReply]
  'office.start': [Core.StartRequest, Core.StartReply]
  'office.status': [Core.Nothing, Core.StatusReply]
  'report.list': [Core.Nothing, Core.ReportsReply]
  'report.make': [Core.MakeRequest, Core.MakeReply]
  'report.preview': [Core.ReportRequest, Core.PreviewReply]
  'resident.change': [Core.ResidentChange, Core.ResidentChanged]
  'resident.find': [Core.FindRequest, Core.FindReply]
  'resident.get': [Core.ResidentRequest, Core.ResidentCard]
  'resident.reveal': [Core.RevealRequest, Core.RevealReply]
  'tray.drop': [Core.TrayDrop, Core.TrayDropped]
  'tray.fix': [Core.TrayFix, Core.TrayFixed]
  'tray.list': [Core.TrayRequest, Core.TrayReply]
}

export type Command = keyof Commands
/** What a command is asked. */
export type Asked<C extends Command> = Commands[C][0]
/** What a command answers. */
export type Answer<C extends Command> = Commands[C][1]
