import { Schema } from "effect"

/** Why a command was not carried out, for the user. */
export class CommandFailed extends Schema.TaggedError<CommandFailed>()("CommandFailed", {
  message: Schema.String,
}) {}
