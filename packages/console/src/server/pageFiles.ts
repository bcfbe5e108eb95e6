import { HttpServerResponse } from "@effect/platform"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { extname, join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
}

/** The built page: next to this file in a bundle, in `dist` of the package during development. */
const folder = () =>
  ["./page/", "../../dist/page/"]
    .map((place) => fileURLToPath(new URL(place, import.meta.url)))
    .find((place) => existsSync(join(place, "index.html")))

/** All files of the page, compressed once at the start to spare a Raspberry Pi. */
export const pageFiles = (): ReadonlyMap<string, HttpServerResponse.HttpServerResponse> => {
  const root = folder()
  if (root === undefined)
    throw new Error("The console's page is not built: run `pnpm build` in the repository.")
  const names = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  return new Map(
    names.map((name) => {
      const hashed = name.startsWith("assets/")
      return [
        name,
        HttpServerResponse.uint8Array(gzipSync(readFileSync(join(root, name))), {
          contentType: types[extname(name)] ?? "application/octet-stream",
          headers: {
            "content-encoding": "gzip",
            "cache-control": hashed ? "public, max-age=31536000, immutable" : "no-cache",
          },
        }),
      ]
    }),
  )
}
