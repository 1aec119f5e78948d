// The ways a list comes in at the first step: dropped, chosen, a folder of forms, or pasted from a spreadsheet.
import { onBeforeUnmount, onMounted, onScopeDispose, ref } from 'vue'
import { canPickFolder, onFileDrop, pickFile, pickFolder } from '@/bridge'
import { toast, toastError } from '@/kit'
import type { Wizard } from './useWizard'

/** Whether copied text holds a table and not just a word. */
export function isTable(text: string, html: string | null): boolean {
  return /<t[dr][\s>]/i.test(html ?? '') || /\t/.test(text) || text.trim().split('\n').length > 1
}

export function useFileEntry(wizard: Wizard) {
  const over = ref(false)
  const pasting = ref(false)
  const folders = ref(false)
  void canPickFolder().then((can) => (folders.value = can))

  onScopeDispose(
    onFileDrop((event) => {
      over.value = event.kind === 'over'
      if (event.kind === 'drop') void wizard.open(event.file)
    }),
  )
  onMounted(() => window.addEventListener('paste', onPaste))
  onBeforeUnmount(() => window.removeEventListener('paste', onPaste))

  async function choose(): Promise<void> {
    const file = await pickFile().catch(toastError)
    if (file) void wizard.open(file)
  }

  async function chooseFolder(): Promise<void> {
    const folder = await pickFolder().catch(toastError)
    if (folder) void wizard.open(folder)
  }

  /** Takes what is on the clipboard, unless the clerk pastes a word into a box. */
  function onPaste(event: ClipboardEvent): void {
    const target = event.target as HTMLElement | null
    if (target?.matches?.('input,textarea') && !target.closest('[data-paste]')) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const html = event.clipboardData?.getData('text/html') || null
    if (!text && !html) return
    event.preventDefault()
    if (!isTable(text, html)) {
      return toast({ tone: 'warning', text: '粘过来的不是表格。', hint: '请在 WPS 里选好几行几栏，按 Ctrl+C，再到这里按 Ctrl+V。' })
    }
    pasting.value = false
    void wizard.paste(text, html)
  }

  return { over, pasting, folders, choose, chooseFolder }
}
