import { Data } from "effect"
import type { Sentence } from "../ConsoleState.ts"

/** A refusal of the console itself, in every language of the page. */
export class Refusal extends Data.TaggedError("Refusal")<Sentence> {}

export const refuse = (message: string, french: string, german: string): Refusal =>
  new Refusal({ message, french, german })
