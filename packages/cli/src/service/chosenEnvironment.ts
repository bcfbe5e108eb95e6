/** Names of variables that may hold a secret. */
const secret = /SECRET|TOKEN|PASSWORD|KEY|STORE/u

/** The bridge's settings in the environment, and the names of the secret ones. */
export const chosenEnvironment = (
  env: Readonly<Record<string, string | undefined>>,
): { readonly env: Readonly<Record<string, string>>; readonly secrets: ReadonlyArray<string> } => {
  const ours = Object.entries(env).flatMap(([name, value]) =>
    name.startsWith("WITHINGS_") && name !== "WITHINGS_BRIDGE_HOME" && value ? [[name, value] as const] : [],
  )
  return {
    env: Object.fromEntries(ours.filter(([name]) => !secret.test(name))),
    secrets: ours.map(([name]) => name).filter((name) => secret.test(name)),
  }
}
