// The three text sizes. In the window the web view magnifies everything; in a browser the root font
// grows instead and `scale` tells parts that measure in px (the sheet). Either way the layout answers
// to the classes `narrow` and `wide` on <html>.
import { computed, readonly, ref } from 'vue'
import { zoomWindow } from '@/bridge'

export type TextSize = 'std' | 'l' | 'xl'

export const sizes: { value: TextSize; label: string; factor: number }[] = [
  { value: 'std', label: '标准', factor: 1 },
  { value: 'l', label: '大字', factor: 1.15 },
  { value: 'xl', label: '特大', factor: 1.3 },
]

const NARROW = 1200
const WIDE = 1700
const KEPT = 'juwutai.text-size'

const size = ref<TextSize>('std')
const magnified = ref(false)
const width = ref(window.innerWidth)
const factor = computed(() => sizes.find((each) => each.value === size.value)?.factor ?? 1)
const scale = computed(() => (magnified.value ? 1 : factor.value))
const narrow = computed(() => width.value / scale.value <= NARROW)

export const textSize = {
  size: readonly(size),
  /** By how much parts that measure in px must grow. */
  scale,
  narrow,
  choose,
  step,
}

/** Takes up the kept size and follows the window; called once. */
export async function startTextSize(): Promise<void> {
  window.addEventListener('resize', () => {
    width.value = window.innerWidth
    dress()
  })
  await choose(kept())
}

async function choose(wanted: TextSize): Promise<void> {
  size.value = wanted
  keep(wanted)
  dress()
  magnified.value = await zoomWindow(factor.value).catch(() => false)
  width.value = window.innerWidth
  dress()
}

/** One size larger (+1) or smaller (-1). */
function step(by: 1 | -1): Promise<void> {
  const at = sizes.findIndex((each) => each.value === size.value)
  const next = sizes[Math.min(sizes.length - 1, Math.max(0, at + by))]
  return choose(next?.value ?? 'std')
}

function dress(): void {
  const root = document.documentElement.classList
  root.toggle('size-l', !magnified.value && size.value === 'l')
  root.toggle('size-xl', !magnified.value && size.value === 'xl')
  root.toggle('narrow', narrow.value)
  root.toggle('wide', width.value / scale.value >= WIDE)
}

function kept(): TextSize {
  try {
    const word = localStorage.getItem(KEPT)
    return sizes.find((each) => each.value === word)?.value ?? 'std'
  } catch {
    return 'std'
  }
}

function keep(wanted: TextSize): void {
  try {
    localStorage.setItem(KEPT, wanted)
  } catch {
    // A browser that keeps nothing still shows the size until it is closed.
  }
}
