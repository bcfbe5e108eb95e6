// Bundles one entry of a package to dist: `node ../../scripts/bundle.mjs src/main.ts [more entries]`.
// A bundle starts faster and needs less memory than a tree of modules, and installs alone.
import { readFileSync } from "node:fs"
import { build } from "esbuild"

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const installedByTheUser = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })

const entryPoints = process.argv.slice(2)

/** matter.js names a store for Bun that nothing loads on Node; Node refuses even the name. */
const withoutBun = {
  name: "without-bun",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bun:/ }, ({ path }) => ({ path, namespace: "bun" }))
    onLoad({ filter: /./, namespace: "bun" }, () => ({
      contents: "export const Database = null, constants = null",
    }))
  },
}

await build({
  entryPoints,
  outdir: "dist",
  bundle: true,
  // matter.js has import cycles that hold only in their own order: chunks would change it.
  splitting: entryPoints.length > 1,
  platform: "node",
  format: "esm",
  target: "node22.13",
  conditions: ["@withings-bridge/source"],
  external: installedByTheUser,
  plugins: [withoutBun],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  // The source text stays in memory: without it, matter.js would hold another 6 MB.
  minifyWhitespace: true,
  logLevel: "warning",
})
