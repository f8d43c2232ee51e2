import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { mock } from './dev/mock';

const server = process.env.DESIRELINES_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig(({ mode }) => ({
  base: '/',
  plugins: [react(), ...(mode === 'mock' ? [mock()] : [])],
  build: {
    outDir: '../src/desirelines/server/static',
    emptyOutDir: true,
    assetsInlineLimit: 0, // the page's policy allows no data: addresses
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { port: 5173, strictPort: true, proxy: mode === 'mock' ? undefined : { '/api': server } },
}));
