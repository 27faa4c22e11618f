import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

// No inline script or style, so that the server's policy for contents need not allow one.
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../dist-admin', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    target: 'es2023',
    rolldownOptions: {
      onLog(level, log, tell) {
        // Marks of server components, which there are none of here.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') tell(level, log)
      },
    },
  },
})
