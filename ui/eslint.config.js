// The arrows of ARCHITECTURE.md as lint rules: only the bridge names Tauri, only the kit names the
// widget library, and features meet each other and the app only through an index.ts.
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

const tauri = { group: ['@tauri-apps/*'], message: 'Only src/bridge talks to Tauri.' }
const widgets = {
  group: ['element-plus', 'element-plus/*', 'slickgrid', 'slickgrid/*', 'sortablejs'],
  message: 'Only src/kit names the widget library.',
}
const inside = {
  regex: '^@/(features/[^/]+|app|bridge|kit)/(?!index$|grid$|fake$)',
  message: 'Import from the index of that folder.',
}
const features = { regex: '^@/features', message: 'The kit and the bridge know no feature.' }
const app = { regex: '^@/app', message: 'The kit and the bridge do not know the app.' }
const only = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] })

export default ts.config(
  { ignores: ['dist', 'node_modules', 'src/bridge/gen'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      'no-undef': 'off',
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  // A composable is a room of small functions; its inner functions are what the limit means.
  { files: ['**/*.test.ts', '**/use*.ts', 'src/bridge/fake/**', 'src/features/*/fake.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['src/features/**'], ignores: ['**/*.test.ts'], rules: only(tauri, widgets, inside) },
  { files: ['src/app/**', 'src/main.ts'], rules: only(tauri, widgets) },
  { files: ['src/bridge/**'], rules: only(widgets, features, app) },
  { files: ['src/kit/**'], rules: only(tauri, features, app) },
)
