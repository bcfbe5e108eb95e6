import { agree } from "./agree.ts"
import { startConsole, type RunningConsole } from "./startConsole.ts"
import { unhurried } from "./inStore.ts"

export type SeededConsole = RunningConsole & {
  /** Asks the console as its page does. */
  readonly ask: (path: string, body?: unknown) => Promise<unknown>
}

/** A console with signed-in persons and complete first histories. */
export const seededConsole = async (
  names: ReadonlyArray<string>,
  ...start: Parameters<typeof startConsole>
): Promise<SeededConsole> => {
  const running = await startConsole(...start)
  await unhurried(running.home)
  const session = await running.enter()
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const headers = { ...session, "x-withings-bridge": "console", "content-type": "application/json" }
    const sent = body === undefined ? { headers } : { headers, method: "POST", body: JSON.stringify(body) }
    return (await fetch(`${running.url}/api/${path}`, sent)).json()
  }
  const { settings } = (await ask("state")) as { settings: { callbackUrl: string } }
  const { clientId, clientSecret } = running.simulator
  await ask("settings", { clientId, clientSecret, callbackUrl: settings.callbackUrl, profiles: names })
  for (const personName of names) {
    // The console restarts with its keys; until then it refuses or does not answer.
    const authorizeUrl = await until(async () => {
      const answer = await ask("connect", { personName }).catch(() => null)
      return (answer as { authorizeUrl?: string } | null)?.authorizeUrl
    })
    await ask("connect/finish", { landedOn: await agree(authorizeUrl, personName) })
  }
  await until(async () => {
    const { household, sync } = (await ask("state")) as State
    const isComplete =
      sync.progress.length > 0 && sync.progress.every(({ finishedAt }) => finishedAt !== null)
    return isComplete && household.persons.length === names.length ? true : undefined
  })
  return { ...running, ask }
}

interface State {
  readonly household: { readonly persons: ReadonlyArray<unknown> }
  readonly sync: { readonly progress: ReadonlyArray<{ readonly finishedAt: number | null }> }
}

const patience = 120_000

/** Asks again until there is an answer. */
const until = async <A>(ask: () => Promise<A | undefined>): Promise<A> => {
  for (const start = Date.now(); Date.now() - start < patience;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error("The console had no answer within two minutes.")
}
