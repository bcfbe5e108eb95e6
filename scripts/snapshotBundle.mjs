// Bundles an app as one script that V8 can make a startup snapshot of (docs/decisions/0023): no module but Node's own
// may be loaded by it, and nothing that it computes while it is loaded may belong to one process.
import { build } from "esbuild"
import { writeFileSync } from "node:fs"

/**
 * Node cannot keep these in a snapshot: they are loaded at their first use. `ws` asks node:http for two functions that
 * no Node has yet.
 */
const loadedOnUse = {
  name: "loaded-on-use",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(https?|tls|sqlite)$/ }, ({ path }) => ({
      path: path.replace(/^node:/, ""),
      namespace: "on-use",
    }))
    onLoad({ filter: /./, namespace: "on-use" }, ({ path }) => ({
      contents: `
        const never = ["__esModule", "websocketMask", "websocketUnmask"]
        const get = (_, key) => never.includes(key) ? undefined : process.getBuiltinModule("node:${path}")[key]
        module.exports = Object.create(new Proxy({}, { get }))`,
    }))
  },
}

/** What a library computes once while it is loaded, and each process has to compute for itself. */
const ofEachProcess = [
  {
    // A bridge that is killed in a container gets the same process id again: only the token tells it apart.
    file: /[\\/]nodejs[\\/]dist[\\/]esm[\\/]fs[\\/]lock-utils\.js$/,
    from: 'const PROCESS_TOKEN = randomBytes(8).toString("hex");',
    to: 'let PROCESS_TOKEN; __inEachProcess(() => { PROCESS_TOKEN = randomBytes(8).toString("hex") });',
  },
  {
    file: /[\\/]nodejs[\\/]dist[\\/]esm[\\/]time[\\/]startup\.js$/,
    from: /^Time\.startup\.processMs[^;]*;\s*Time\.startup\.systemMs[^;]*;/m,
    to: (lines) => `__inEachProcess(() => { ${lines} });`,
  },
  {
    // Effect then takes performance.now(), and its origin when it is first asked.
    file: /[\\/]effect[\\/]dist[\\/]esm[\\/]internal[\\/]clock\.js$/,
    from: /const processHrtime = [^;]*;/,
    to: "const processHrtime = undefined;",
  },
]

const computedInEachProcess = {
  name: "computed-in-each-process",
  setup({ onLoad, onEnd }) {
    const done = new Set()
    for (const { file, from, to } of ofEachProcess)
      onLoad({ filter: file }, async ({ path }) => {
        const { readFile } = await import("node:fs/promises")
        const text = await readFile(path, "utf8")
        const contents = text.replace(from, to)
        if (contents === text) return { errors: [{ text: `${path} has changed: see ofEachProcess` }] }
        done.add(file)
        return { contents, loader: "js" }
      })
    onEnd(() => ({
      errors: ofEachProcess.flatMap(({ file }) => (done.has(file) ? [] : [{ text: `No file is ${file}` }])),
    }))
  },
}

/**
 * What is loaded later by `import()` becomes part of the script, under a number. esbuild by itself would put a function
 * around each module then, which makes the snapshot a fifth larger.
 */
const loadedBefore = (numbers) => ({
  name: "loaded-before",
  setup(builder) {
    builder.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
      if (kind !== "dynamic-import" || pluginData === loadedBefore) return undefined
      const found = await builder.resolve(path, {
        importer,
        resolveDir,
        kind: "import-statement",
        pluginData: loadedBefore,
      })
      if (found.namespace !== "file") return { path, external: true }
      if (!numbers.has(found.path)) numbers.set(found.path, numbers.size)
      return { path: `later:${numbers.get(found.path)}`, external: true }
    })
  },
})

const prelude = `
const __fileUrl = require("node:url").pathToFileURL(__filename).href
const __later = new Map(), __require = require
require = (id) => __later.get(id) ?? __require(id)
const __inEachProcess = (compute) => {
  compute()
  __require("node:v8").startupSnapshot.addDeserializeCallback(compute)
}
`

/** Writes the script; answers what esbuild tells about it. */
export const snapshotBundle = async ({ entry, outfile, options }) => {
  const numbers = new Map()
  const script = () => {
    const files = [...numbers]
    return [
      `import { start } from "./${entry}"`,
      ...files.map(([file, number]) => `import * as later${number} from ${JSON.stringify(file)}`),
      "declare const __later: Map<string, unknown>",
      ...files.map(([, number]) => `__later.set("later:${number}", later${number})`),
      "start()",
    ].join("\n")
  }
  const bundle = () =>
    build({
      ...options,
      stdin: { contents: script(), resolveDir: process.cwd(), loader: "ts" },
      outfile,
      format: "cjs",
      supported: { "dynamic-import": false },
      define: { "import.meta.url": "__fileUrl" },
      banner: { js: prelude },
      plugins: [loadedOnUse, computedInEachProcess, ...options.plugins, loadedBefore(numbers)],
      write: false,
      metafile: true,
    })
  // A module that is loaded later may load others later.
  let known = -1
  let result
  while (known < numbers.size) {
    known = numbers.size
    result = await bundle()
  }
  writeFileSync(outfile, ascii(result.outputFiles[0].text))
  return result.metafile
}

/**
 * One character beyond ASCII (esbuild leaves those in regular expressions) makes V8 store the whole file as two bytes each.
 */
export const ascii = (text) =>
  text.replaceAll(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`)
