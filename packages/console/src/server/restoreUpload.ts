import { HttpIncomingMessage, HttpServerRequest, HttpServerResponse } from "@effect/platform"
import * as NodeSink from "@effect/platform-node/NodeSink"
import { HouseholdFeed } from "@withings-bridge/core"
import { Effect, Option, Stream } from "effect"
import { createWriteStream } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type ConsoleOptions, noBackup } from "./ConsoleOptions.ts"
import { refuse } from "./refuse.ts"

/** Bytes; ten times the history of two persons over ten years. */
const largestBackup = 2 * 1024 ** 3

const householdThere = refuse(
  "There is a household here already. A backup can only be restored where nobody is signed in yet.",
  "Il y a déjà un foyer ici. Une sauvegarde se restaure là où personne n’est encore connecté.",
  "Hier gibt es schon einen Haushalt. Eine Sicherung wird wiederhergestellt, wo noch niemand angemeldet ist.",
)

const unreadableBackup = refuse(
  "This backup cannot be opened: the passphrase is wrong, or the file is damaged. Nothing was changed.",
  "Cette sauvegarde ne s’ouvre pas : la phrase secrète est fausse ou le fichier est abîmé. Rien n’a changé.",
  "Diese Sicherung lässt sich nicht öffnen: Die Passphrase ist falsch oder die Datei beschädigt. Nichts wurde geändert.",
)

const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "withings-console-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true })),
)

/** Saves the body of a request. The passphrase is in a header, so no log has it. */
const received = (request: HttpServerRequest.HttpServerRequest, path: string) =>
  Stream.run(
    request.stream,
    NodeSink.fromWritable(
      () => createWriteStream(path, { mode: 0o600 }),
      () => unreadableBackup,
    ),
  ).pipe(
    HttpIncomingMessage.withMaxBodySize(Option.some(largestBackup)),
    Effect.mapError(() => unreadableBackup),
  )

/** Restores a backup while nobody is signed in yet, and restarts. */
export const restoreUpload = (console: ConsoleOptions) =>
  Effect.gen(function* () {
    if (console.openBackup === undefined) return yield* noBackup
    const { persons } = yield* Effect.flatMap(HouseholdFeed, (feed) => feed.current)
    if (persons.length > 0) return yield* householdThere
    const request = yield* HttpServerRequest.HttpServerRequest
    const path = join(yield* temporaryFolder, "upload")
    yield* received(request, path)
    const passphrase = decodeURIComponent(request.headers["x-passphrase"] ?? "")
    const putInPlace = yield* Effect.mapError(
      console.openBackup({ home: console.home, path, passphrase }),
      () => unreadableBackup,
    )
    yield* console.restartAfter(putInPlace)
    return HttpServerResponse.unsafeJson({})
  }).pipe(Effect.scoped)
