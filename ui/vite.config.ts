// How the page is built and tested. Sources write px; `rem` below turns them into rem, so that the
// three text sizes scale everything in a browser. The sheet scales itself and is left alone.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { remPlugin } from './rem.config.ts'

const served = process.env.JUWUTAI_SERVE ?? 'http://127.0.0.1:7878'

export default defineConfig({
  base: './',
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  css: { postcss: { plugins: [remPlugin()] } },
  build: { target: ['es2020', 'safari14', 'chrome87'], chunkSizeWarningLimit: 1500 },
  server: {
    port: 5173,
    strictPort: true,
    host: '127.0.0.1',
    proxy: Object.fromEntries(['/call', '/job', '/upload'].map((path) => [path, served])),
  },
  test: { environment: 'jsdom', css: false, restoreMocks: true, setupFiles: ['src/test/setup.ts'] },
})
