import { defineConfig, type Plugin } from "vite"
import { thirdPartyNotices } from "../../scripts/notices.mjs"

/** What the page contains of others goes with it. */
const notices: Plugin = {
  name: "third-party-notices",
  generateBundle() {
    const source = thirdPartyNotices([...this.getModuleIds()])
    this.emitFile({ type: "asset", fileName: "THIRD-PARTY-NOTICES.txt", source })
  },
}

/** The page is served as files by the bridge; nothing in it may ask another machine for anything. */
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
