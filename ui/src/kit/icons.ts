// Outlines of the icons, drawn on a 24 × 24 sheet. Icons never stand without a word beside them.
export const icons = {
  home: 'M4 11l8-7 8 7v9h-5v-6h-6v6H4z',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h11M9 8h6',
  list: 'M9 6h11M9 12h11M9 18h11M4 6l1 1 2-2M4 12l1 1 2-2M4 18l1 1 2-2',
  form: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h7M9 16h4',
  time: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2',
  print: 'M7 8V3h10v5M7 17H4V9h16v8h-3M7 14h10v7H7z',
  bring: 'M12 3v12M7 10l5 5 5-5M4 20h16',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 17h.01',
  tray: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 3h4l1-3h5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16.500 16.500L21 21',
  close: 'M5 5l14 14M19 5L5 19',
  undo: 'M9 7L4 12l5 5M4 12h10a5 5 0 0 1 0 10h-2',
  history: 'M4 12a8 8 0 1 1 2.500 5.800M4 20v-4h4M12 8v4l3 2',
  warn: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  done: 'M4 12l5 5L20 6',
  eye: 'M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
  pen: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  person: 'M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 21c0-5 3-8 8-8s8 3 8 8',
} as const

export type IconName = keyof typeof icons
