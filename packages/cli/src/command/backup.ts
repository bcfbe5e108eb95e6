import { resolve } from "node:path"
import process from "node:process"
import { Args, Command, Options, Prompt } from "@effect/cli"
import { BridgeConfig } from "@withings-bridge/core"
import { Effect, Option, Redacted } from "effect"
import { createBackup } from "../backup/createBackup.ts"
import { readPassphrase } from "../backup/readPassphrase.ts"
import { restoreBackup } from "../backup/restoreBackup.ts"
import { CommandError } from "../CommandError.ts"
import { answer } from "../terminal/answer.ts"
import { green } from "../terminal/style.ts"
import { home, json } from "./home.ts"

const file = Args.text({ name: "file" }).pipe(
  Args.withDescription("The file of the backup"),
  Args.map((path) => resolve(path)),
)
const passphraseFile = Options.file("passphrase-file", { exists: "yes" }).pipe(
  Options.withDescription("A file whose first line is the passphrase; without it you are asked"),
  Options.optional,
)
const plain = Options.boolean("plain").pipe(
  Options.withDescription("Do not encrypt. The file holds health data and the client secret"),
)
const withSignIns = Options.boolean("with-sign-ins").pipe(
  Options.withDescription("Include the key of the sign-ins, so that nobody signs in again after a restore"),
)

const passphrase = (path: Option.Option<string>, isNew: boolean) =>
  Effect.gen(function* () {
    if (Option.isSome(path)) return yield* readPassphrase(path.value)
    if (process.stdin.isTTY !== true)
      return yield* new CommandError(
        "terminal-needed",
        "There is no terminal to ask for the passphrase: give --passphrase-file.",
      )
    const ask = (message: string) => Effect.map(Prompt.password({ message }), Redacted.value)
    const typed = yield* ask("Passphrase of the backup")
    if (isNew && typed !== (yield* ask("Once more")))
      return yield* new CommandError("backup-failed", "The two differ. Nothing was written.")
    return typed.trim() === ""
      ? yield* new CommandError("backup-failed", "The passphrase is empty. Nothing was written.")
      : typed
  })

const postgresNote = "History and sign-ins are in PostgreSQL: back them up with pg_dump as well."

export const backup = Command.make(
  "backup",
  { file, passphraseFile, plain, withSignIns, home, json },
  ({ file, home, json, passphraseFile, plain, withSignIns }) =>
    Effect.gen(function* () {
      const { store } = yield* BridgeConfig.loadWith({ home, makeHome: false })
      const secret = plain ? null : yield* passphrase(passphraseFile, true)
      const names = yield* createBackup({ home, path: file, passphrase: secret, withSignIns })
      const notes = [
        ...(store === undefined ? [] : [postgresNote]),
        ...(names.includes("key")
          ? []
          : ["Without --with-sign-ins everyone has to sign in again after a restore."]),
      ]
      yield* answer(json, { file, contents: names, notes }, () =>
        [`${green("✓")} Written: ${file} (${names.join(", ")})`, ...notes].join("\n"),
      )
    }),
)

export const restore = Command.make(
  "restore",
  { file, passphraseFile, plain, home, json },
  ({ file, home, json, passphraseFile, plain }) =>
    Effect.gen(function* () {
      const secret = plain ? null : yield* passphrase(passphraseFile, false)
      const names = yield* restoreBackup({ home, path: file, passphrase: secret })
      yield* answer(json, { home, contents: names }, () =>
        [
          `${green("✓")} Restored to ${home}: ${names.join(", ")}`,
          "Do not run the bridge on the old machine any more: two copies of one sign-in would invalidate each other.",
        ].join("\n"),
      )
    }),
)
