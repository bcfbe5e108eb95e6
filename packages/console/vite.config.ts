import { defineConfig, type Plugin } from "vite"
import { thirdPartyNotices } from "../../scripts/notices.mjs"

/** Adds the licences of bundled packages. */
const notices: Plugin = {
  name: "third-party-notices",
  generateBundle() {
    const source = thirdPartyNotices([...this.getModuleIds()])
    this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source })
  },
}

/** The bridge serves the page as files; the page must not load anything from other origins. */
export default defineConfig({
  root: "src/page",
  base: "./",
  plugins: [notices],
  build: {
    outDir: "../../dist/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
  },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
})
