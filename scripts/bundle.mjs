// Bundles one entry of a package to dist: `node ../../scripts/bundle.mjs src/main.ts [more entries]`.
// A bundle starts faster and needs less memory than a tree of modules, and installs alone.
import { readFileSync } from "node:fs"
import { build } from "esbuild"

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const installedByTheUser = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })

await build({
  entryPoints: process.argv.slice(2),
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22.13",
  conditions: ["@withings-bridge/source"],
  external: installedByTheUser,
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  logLevel: "warning",
})
