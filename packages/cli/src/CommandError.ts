import { Data } from "effect"

/** A command cannot do what was asked. The message says why, and what to do. */
export class CommandError extends Data.TaggedError("CommandError")<{ readonly message: string }> {}
