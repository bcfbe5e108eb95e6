import process from "node:process"
import { Command, type CommandExecutor } from "@effect/platform"
import type { ConfigMistake } from "@withings-bridge/core"
import { Effect, Schema } from "effect"
import { matterCommand } from "./appFolders.ts"

const Checked = Schema.parseJson(
  Schema.Struct({
    mistakes: Schema.Array(
      Schema.Struct({
        source: Schema.String,
        line: Schema.NullOr(Schema.Number),
        key: Schema.String,
        found: Schema.String,
        wanted: Schema.String,
      }),
    ),
  }),
)

/** What the Matter bridge itself finds wrong in its settings; null: none is installed here that could tell. */
export const matterMistakes = (
  home: string,
): Effect.Effect<ReadonlyArray<ConfigMistake> | null, never, CommandExecutor.CommandExecutor> =>
  matterCommand.pipe(
    Effect.flatMap((command) =>
      Command.string(Command.make(process.execPath, ...command, "check", "--json", "--home", home)),
    ),
    Effect.flatMap(Schema.decode(Checked)),
    Effect.map(({ mistakes }) => mistakes),
    Effect.orElseSucceed(() => null),
  )
