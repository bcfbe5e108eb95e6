const loopbackName = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/i

/** Whether a host to listen on, or a name in a URL, is this machine itself. */
export const isLoopback = (hostname: string): boolean => loopbackName.test(hostname)

/** The part of a `Host` header before its port. */
const nameIn = (host: string): string => host.replace(/:\d+$/, "")

export interface OwnAddress {
  /** Whether the server listens on this machine only. Then no other name leads to it, except by DNS rebinding. */
  readonly loopback: boolean
  /** The address behind a reverse proxy, such as `https://bridge.example`. Forwarded headers are never consulted. */
  readonly publicUrl?: string | undefined
}

type Headers = Readonly<Record<string, string | undefined>>

/**
 * Whether a request comes from another site's page, or reached this server under a name that is not its own (DNS
 * rebinding). `Origin` decides whenever it is there: a browser cannot forge it, and `Sec-Fetch-Site` may be absent.
 */
export const isForeign = (headers: Headers, { loopback, publicUrl }: OwnAddress): boolean => {
  const { host = "", origin, "sec-fetch-site": site } = headers
  const publicAddress = publicUrl === undefined ? null : new URL(publicUrl)
  if (loopback && !isLoopback(nameIn(host)) && host !== publicAddress?.host) return true
  if (origin !== undefined)
    return origin !== publicAddress?.origin && origin !== `http://${host}` && origin !== `https://${host}`
  return site !== undefined && site !== "same-origin" && site !== "none"
}
