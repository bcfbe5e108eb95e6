// Bundles one entry of a package to dist: `node ../../scripts/bundle.mjs src/main.ts [more entries]`.
// A bundle starts faster and needs less memory than a tree of modules, and installs alone. `--snapshot=FILE` bundles a
// second script, of which a startup snapshot can be made.
import { build } from "esbuild"
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { thirdPartyNotices } from "./notices.mjs"
import { ascii, snapshotBundle } from "./snapshotBundle.mjs"

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

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { snapshot: { type: "string" } },
})

const options = {
  bundle: true,
  platform: "node",
  target: "node22.13",
  conditions: ["@withings-bridge/source"],
  external: installedByTheUser,
  plugins: [withoutBun, withoutMatterHttp],
  legalComments: "none",
  // V8 keeps the source text in memory: this saves 6 MB for matter.js.
  minifyWhitespace: true,
  logLevel: "warning",
}

const { metafile } = await build({
  ...options,
  entryPoints: positionals,
  outdir: "dist",
  // Dynamic imports become separate files.
  splitting: true,
  format: "esm",
  alias: { "node:http": nodeHttp, http: nodeHttp },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  metafile: true,
})
for (const file of Object.keys(metafile.outputs)) writeFileSync(file, ascii(readFileSync(file, "utf8")))

const snapshot =
  values.snapshot === undefined
    ? { outputs: {} }
    : await snapshotBundle({ entry: values.snapshot, outfile: "dist/snapshot.cjs", options })

const contained = [metafile, snapshot]
  .flatMap(({ outputs }) => Object.values(outputs))
  .flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
writeFileSync("dist/THIRD-PARTY-NOTICES.txt", thirdPartyNotices(contained))

// Chunks are named after their content: remove those of earlier builds, or they would be published, too.
for (const file of readdirSync("dist"))
  if (file.endsWith(".js") && !(join("dist", file) in metafile.outputs)) rmSync(join("dist", file))
