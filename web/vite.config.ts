import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const groups = [
  // The language is known before anything that holds texts is fetched.
  { name: 'i18n', test: /[\\/]shared[\\/]i18n\.ts$|node_modules[\\/](i18next|react-i18next)[\\/]/, priority: 4 },
  { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 3 },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|openapi-fetch)[\\/]/, priority: 2 },
  // Small modules that most pages use are one file: each file costs a request and its headers.
  { name: 'common', test: /[\\/]web[\\/]src[\\/]/, minShareCount: 12, priority: 1 },
  // The frame around the pages, and what they ask, likewise.
  { name: 'frame', test: /[\\/]web[\\/]src[\\/](api|state|app|search|header)[\\/]/, minShareCount: 3, priority: 1 },
];

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The antd chunk exceeds the default limit; it is loaded once and cached. echarts is loaded only with the detail view.
    chunkSizeWarningLimit: 1100,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  // The server compares Origin with Host, which therefore stays what the browser said.
  server: { proxy: { '/api': { target: process.env.API ?? 'http://127.0.0.1:3000', changeOrigin: false } } },
});
