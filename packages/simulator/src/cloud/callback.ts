const longest = 255
const headDeadline = 3000
const publicPorts = new Set(["", "80", "443"])

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.startsWith("[")

/**
 * Whether the cloud accepts an address for webhooks. The real one requires https, a domain name and port 80 or 443
 * (`strict`). Otherwise any http address will do, since clients under test listen there.
 */
export const acceptableCallback = (url: string, strict: boolean): boolean => {
  if (url.length > longest || !URL.canParse(url)) return false
  const { protocol, hostname, port } = new URL(url)
  if (!strict) return protocol === "http:" || protocol === "https:"
  return protocol === "https:" && hostname !== "localhost" && !isAddress(hostname) && publicPorts.has(port)
}

/** The cloud probes with HEAD and expects a 2xx. */
export const answersHead = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(headDeadline),
    })
    return response.ok
  } catch {
    return false
  }
}
