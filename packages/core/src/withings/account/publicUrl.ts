/** Withings takes at most 255 characters, and the secret path takes 49 of them. */
const longest = 255 - 49

const isAddress = (hostname: string): boolean => /^[\d.]+$/.test(hostname) || hostname.startsWith("[")

const isPrivateName = (hostname: string): boolean =>
  !hostname.includes(".") || /\.(local|lan|home|internal|localhost|home\.arpa)$/i.test(hostname)

/**
 * Why Withings would refuse to call a public address; null: it may accept it. Withings' rules (facts of its guide
 * "subscribe"): https, a domain name, port 443 or 80, at most 255 characters.
 */
export const refusedByWithings = (publicUrl: string): string | null => {
  if (!URL.canParse(publicUrl)) return "it is not an address such as https://bridge.example.org"
  const { hostname, port, protocol } = new URL(publicUrl)
  if (protocol !== "https:") return "it does not begin with https://"
  if (isAddress(hostname)) return "it is an IP address, and Withings wants a domain name"
  if (isPrivateName(hostname)) return "its name is known in your own network only"
  if (port !== "" && port !== "80") return `it uses port ${port}, and Withings calls 443 and 80 only`
  return publicUrl.length > longest ? `it is longer than ${longest} characters` : null
}
