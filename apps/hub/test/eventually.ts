/** Looks again until there is something, and says what never came. */
export const eventually = async <A>(
  what: string | (() => string),
  look: () => A | undefined | Promise<A | undefined>,
  within = 60_000,
): Promise<A> => {
  const end = Date.now() + within
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(`never seen: ${typeof what === "string" ? what : what()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
