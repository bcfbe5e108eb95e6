// Bundles one entry of a package to dist: `node ../../scripts/bundle.mjs src/main.ts [more entries]`.
// A bundle starts faster and needs less memory than a tree of modules, and installs alone.
import { build } from "esbuild"
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { basename, join } from "node:path"
import { thirdPartyNotices } from "./notices.mjs"

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const installedByTheUser = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })

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

// matter.js has import cycles that hold only in their own order: chunks would change it.
const isSplit = !("@matter/main" in manifest.devDependencies)

/** What only who follows a hub needs. Without chunks it is a bundle of its own, or every home would hold it in memory. */
const followHub = "../../packages/core/src/hub/layerHub.ts"
const hubApart = {
  name: "hub-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/layerHub\.ts$/ }, ({ kind }) =>
      kind === "dynamic-import" ? { path: "./layerHub.js", external: true } : null,
    )
  },
}

const { metafile } = await build({
  entryPoints: isSplit
    ? process.argv.slice(2)
    : [...process.argv.slice(2), followHub].map((entry) => ({ in: entry, out: basename(entry, ".ts") })),
  outdir: "dist",
  bundle: true,
  splitting: isSplit,
  platform: "node",
  format: "esm",
  target: "node22.13",
  conditions: ["@withings-bridge/source"],
  external: installedByTheUser,
  plugins: isSplit ? [withoutBun] : [withoutBun, hubApart],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  // The source text stays in memory: without it, matter.js would hold another 6 MB.
  minifyWhitespace: true,
  logLevel: "warning",
  metafile: true,
})

// One letter beyond ASCII (esbuild leaves those of regular expressions) makes V8 hold all of a file in two bytes each.
for (const file of Object.keys(metafile.outputs)) {
  const ascii = readFileSync(file, "utf8").replaceAll(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )
  writeFileSync(file, ascii)
}

const contained = Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
)
writeFileSync("dist/THIRD-PARTY-NOTICES.txt", thirdPartyNotices(contained))

// Chunks are named after their content: those of builds before would be published too.
for (const file of readdirSync("dist"))
  if (file.endsWith(".js") && !(join("dist", file) in metafile.outputs)) rmSync(join("dist", file))
