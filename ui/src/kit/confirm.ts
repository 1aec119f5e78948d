// Asking before an act that matters. The button names the act, never only "确定".
import { shallowRef } from 'vue'

export interface Question {
  title: string
  text: string
  /** Lines below the text, such as what will be lost. */
  lines?: string[]
  act: string
  stay?: string
  danger?: boolean
}

export const asked = shallowRef<(Question & { answer: (yes: boolean) => void }) | null>(null)

/** Resolves to true when the clerk chose the act. */
export function confirm(question: Question): Promise<boolean> {
  asked.value?.answer(false)
  return new Promise((resolve) => {
    asked.value = {
      ...question,
      answer: (yes) => {
        asked.value = null
        resolve(yes)
      },
    }
  })
}
