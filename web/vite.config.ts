/// <reference types="vitest/config" />
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { usedStyles } from './vite.styles.ts'

/** JsSIP without what our phone never does: subscriptions, messages, transfers by SIP. */
function onlyRung(): Plugin {
  const unused = /^\.\/(Subscriber|Notifier|Message|RTCSession\/Refer(Subscriber|Notifier))$/
  return {
    name: 'only-rung',
    enforce: 'pre',
    resolveId: (wanted, by) => (by?.includes('/jssip/lib/') && unused.test(wanted) ? inSources('phone/unused.cjs') : null),
  }
}

/** Pages are compressed once, here, and sent as they lie on disk. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle({ dir }) {
      for (const entry of readdirSync(dir ?? 'dist', { recursive: true, withFileTypes: true })) {
        if (!entry.isFile() || !/\.(js|css|html|svg|webmanifest)$/.test(entry.name)) continue
        const path = join(entry.parentPath, entry.name)
        const body = readFileSync(path)
        writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }))
        writeFileSync(`${path}.br`, brotliCompressSync(body))
      }
    },
  }
}

const inSources = (path: string): string => new URL(`./src/${path}`, import.meta.url).pathname

/** The package leads bundlers to its build for development, which is bigger. */
const PRODUCTION_ROUTER = new URL('./node_modules/react-router/dist/production/index.mjs', import.meta.url).pathname

const packages = (...names: string[]): RegExp => new RegExp(`node_modules/(${names.join('|')})/`)
const controls = (...names: string[]): RegExp => packages(...names.map((name) => `@mantine/core/esm/components/${name}`))

/** What most pages begin with comes in few pieces: they pack better, and are asked for less often. What these need comes in them. */
const GROUPS = [
  { name: 'base', test: packages('react', 'react-dom', 'scheduler', 'react-router', 'use-sync-external-store', 'zustand', 'openapi-fetch', 'clsx', '@tanstack/[\\w-]+') },
  { name: 'shell', test: /src\/(api\/|app\/(Shell|Top|Trouble|routes)\.|kit\/(Lamp|Timer|MeMenu|Palette|keys|pages|refusals|small|times|toasts)\.)/ },
  { name: 'shell', test: controls('ActionIcon', 'Anchor', 'Button', 'Input', 'Loader', 'Menu', 'TextInput') },
  { name: 'controls', test: controls('Checkbox', 'InlineInput', 'Radio', 'ScrollArea', 'Select', 'Textarea', 'Tooltip') },
  { name: 'controls', test: /src\/kit\/(Ribbon|SavedMark|trade)\./ },
]

export default defineConfig({
  plugins: [react(), onlyRung(), usedStyles(), compressed()],
  resolve: { alias: { '~': inSources('.'), debug: inSources('phone/silent.cjs'), 'react-router': PRODUCTION_ROUTER } },
  build: { target: 'es2022', chunkSizeWarningLimit: 900, assetsInlineLimit: 0, rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } } },
  server: {
    proxy: {
      '/api': { target: process.env.SWITCHROOM ?? 'http://127.0.0.1:8080', ws: true },
      '/phone': { target: process.env.SWITCHROOM ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/setup.test-env.ts'] },
})
