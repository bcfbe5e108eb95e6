/** Describes an unacceptable value in a message; a secret only by its type. */
export const foundText = (value: unknown, secret = false): string => {
  if (value === null || value === undefined) return "nothing"
  const kind = Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "a group of keys"
      : `a ${typeof value}`
  return secret || typeof value === "object" ? kind : JSON.stringify(value)
}
