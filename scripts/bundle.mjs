// Bundles one entry of a package to dist: `node ../../scripts/bundle.mjs src/main.ts [more entries]`.
// A bundle starts faster and needs less memory than a tree of modules, and installs alone.
import { build } from "esbuild"
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { thirdPartyNotices } from "./notices.mjs"

const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const installedByTheUser = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })

/** matter.js imports a store for Bun, which Node never loads, but Node rejects the specifier. */
const withoutBun = {
  name: "without-bun",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^bun:/ }, ({ path }) => ({ path, namespace: "bun" }))
    onLoad({ filter: /./, namespace: "bun" }, () => ({
      contents: "export const Database = null, constants = null",
    }))
  },
}

/** matter.js' HTTP server is not used, but its requests extend Request, so Node would load all of fetch. */
const withoutMatterHttp = {
  name: "without-matter-http",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]nodejs[\\/]dist[\\/]esm[\\/]net[\\/]NodeJsHttpEndpoint\.js$/ }, () => ({
      contents: "export const NodeJsHttpEndpoint = { Factory: class {} }",
    }))
  },
}

const nodeHttp = join(import.meta.dirname, "nodeHttp.cjs")

const { metafile } = await build({
  entryPoints: process.argv.slice(2),
  outdir: "dist",
  bundle: true,
  // Dynamic imports become separate files.
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node22.13",
  conditions: ["@withings-bridge/source"],
  external: installedByTheUser,
  alias: { "node:http": nodeHttp, http: nodeHttp },
  plugins: [withoutBun, withoutMatterHttp],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  // V8 keeps the source text in memory: this saves 6 MB for matter.js.
  minifyWhitespace: true,
  logLevel: "warning",
  metafile: true,
})

// One character beyond ASCII (esbuild leaves those in regular expressions) makes V8 store the whole file as two bytes each.
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

// Chunks are named after their content: remove those of earlier builds, or they would be published, too.
for (const file of readdirSync("dist"))
  if (file.endsWith(".js") && !(join("dist", file) in metafile.outputs)) rmSync(join("dist", file))
