import { Data } from "effect"
import type { ConfigMistake } from "./readSettings.ts"

/** The configuration cannot be used. Holds every mistake there is, so that one look mends them all. */
export class ConfigError extends Data.TaggedError("ConfigError")<{
  readonly mistakes: ReadonlyArray<ConfigMistake>
}> {
  readonly code = "config-wrong"

  override get message() {
    return this.mistakes.map(sentence).join("\n")
  }

  /** Made of why a file cannot be read or written. */
  static ofFile(path: string, wanted: string) {
    return (cause: unknown) =>
      ConfigError.one(path, "the file", cause instanceof Error ? cause.message : String(cause), { wanted })
  }

  static one(
    source: string,
    key: string,
    found: string,
    { wanted }: { readonly wanted: string },
  ): ConfigError {
    return new ConfigError({ mistakes: [{ source, line: null, key, found, wanted }] })
  }
}

const sentence = ({ source, line, key, found, wanted }: ConfigMistake): string =>
  `${source}${line === null ? "" : `, line ${line}`}: ${key}: found ${found}, wanted ${wanted}`
