// The door of the bridge: everything that the page may ask of the core and of the computer.
export { call, CallError, isCancelled, isOwnWindow, onChange, runJob, setTransport, type Job } from './call'
export { canPickFolder, onFileDrop, pickFile, pickFolder, printers, printPdf, reveal, saveFile, zoomWindow } from './files'
export { loadOffice, office } from './office'
export { useQuery, type Query } from './useQuery'
export type { DropEvent, PrintChoices, Printed, Printer, Printers, Transport } from './transport'
export type { Answer, Asked, Command } from './commands'
export type * from './types'
