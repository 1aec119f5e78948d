// What a feature folder hands to the app through its index.ts, as `export default feature`.
// Addresses that features share: /import?path=…&name=… opens a chosen file, /fill?path=…&name=… fills one,
// /ledger?id=…&where=… the rows of a ledger that meet a condition, /report?kind=…&ledger=…&where=… their paper.
import type { Component, Ref } from 'vue'
import type { RouteRecordRaw } from 'vue-router'
import type { IconName } from '@/kit'

export interface MenuEntry {
  /** The heading it stands under; '' stands alone at the top, 'foot' at the lower end. */
  group: '' | '上级来表' | '日常工作' | '对上汇报' | 'foot'
  order: number
  title: string
  icon: IconName
  to: string
  /** A key shown at the right. */
  key?: string
  /** How many wait there, shown at the right; with nothing waiting the entry itself is not shown. */
  count?: () => Readonly<Ref<number>>
}

export interface Shortcut {
  /** Such as 'ctrl+z', 'f1', 'alt+2'. */
  keys: string
  /** What it does, in clerks' words, for the help page. */
  title: string
  run: () => void
  /** Whether it also works while typing in a box; most must not. */
  whileTyping?: boolean
}

export interface Feature {
  routes: RouteRecordRaw[]
  menu?: MenuEntry[]
  shortcuts?: Shortcut[]
  /** A panel beside every page, such as a card; it draws nothing while closed. */
  panel?: Component
}
