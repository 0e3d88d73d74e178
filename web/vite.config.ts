import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const vendor = [
  { name: 'echarts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 3 },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|openapi-fetch)[\\/]/, priority: 2 },
];

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // The antd chunk exceeds the default limit; it is loaded once and cached. echarts is loaded only with the detail view.
    chunkSizeWarningLimit: 1100,
    rolldownOptions: { output: { codeSplitting: { groups: vendor } } },
  },
  // The server compares Origin with Host, which therefore stays what the browser said.
  server: { proxy: { '/api': { target: process.env.API ?? 'http://127.0.0.1:3000', changeOrigin: false } } },
});
