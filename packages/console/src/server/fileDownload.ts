import { HttpServerResponse } from "@effect/platform"
import * as NodeStream from "@effect/platform-node/NodeStream"
import { Effect, Stream } from "effect"
import { createReadStream } from "node:fs"
import { mkdtemp, rm, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Writes a temporary file, sends it, and deletes it after the download or when the browser has gone. */
export const fileDownload = <E>(name: string, write: (path: string) => Effect.Effect<unknown, E>) =>
  Effect.gen(function* () {
    const folder = yield* Effect.promise(() => mkdtemp(join(tmpdir(), "withings-console-")))
    const forget = Effect.promise(() => rm(folder, { recursive: true, force: true }))
    const path = join(folder, name)
    yield* Effect.tapErrorCause(write(path), () => forget)
    const { size } = yield* Effect.promise(() => stat(path))
    const content = NodeStream.fromReadable<Error, Uint8Array>(
      () => createReadStream(path),
      (cause) => new Error("The file cannot be read.", { cause }),
    )
    return HttpServerResponse.stream(Stream.ensuring(content, forget), {
      contentType: "application/octet-stream",
      contentLength: size,
      headers: { "content-disposition": `attachment; filename="${name}"` },
    })
  })
