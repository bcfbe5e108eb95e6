import { defineConfig } from "vite"

/** The page is served as files by the bridge; nothing in it may ask another machine for anything. */
export default defineConfig({
  root: "src/page",
  base: "./",
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
})
