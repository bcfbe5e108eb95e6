import { SignIn, type Person } from "@withings-bridge/core"
import { Effect } from "effect"
import { CommandError } from "../CommandError.ts"
import { done } from "./story.ts"
import { walkAuthorizePage } from "./walkAuthorizePage.ts"

/** Signs in everyone who is not signed in yet, by the page that a person would see. */
export const signInEveryone = (names: ReadonlyArray<string>, known: ReadonlyArray<Person>) =>
  Effect.gen(function* () {
    const signIn = yield* SignIn
    for (const name of names) {
      const person = known.find((each) => each.name === name)
      if (person !== undefined && person.standing.state !== "needs-sign-in") {
        yield* done(`${name} is signed in`, "since an earlier start")
        continue
      }
      const { authorizeUrl } = yield* signIn.start({ personName: name })
      const landedOn = yield* walkAuthorizePage(authorizeUrl, name)
      const signedIn = yield* signIn.finish(landedOn)
      if (signedIn.name !== name)
        return yield* new CommandError(
          "simulator-failed",
          `${name} should have signed in, but ${signedIn.name} did.`,
        )
      yield* done(`${name} has signed in`, "on the simulated authorize page")
    }
  })
