/** How a mistake calls a value that is not what is wanted. */
export const foundText = (value: unknown, secret = false): string => {
  if (value === null || value === undefined) return "nothing"
  const kind = Array.isArray(value)
    ? "a list"
    : typeof value === "object"
      ? "a group of keys"
      : `a ${typeof value}`
  return secret || typeof value === "object" ? kind : JSON.stringify(value)
}
