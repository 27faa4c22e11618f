import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{src,test,scripts,demo,bench,web}/**/*.test.ts'],
    globalSetup: ['test/setup.ts'],
    setupFiles: ['test/property-seed.ts'],
    reporters: ['default', './test/closing-line.ts'],
    // Databases run beside the tests: more workers than two make both slower on a small machine.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
})
