import { networkInterfaces } from "node:os"

const everywhere = /^(0\.0\.0\.0|::)$/u

/** An address for a browser, also on a phone if the server listens on all interfaces. No host name: not every network resolves it. */
export const reachableAddress = (host: string, port: number | string): string => {
  const reached = everywhere.test(host) ? ownAddress() : host
  return `http://${reached.includes(":") ? `[${reached}]` : reached}:${port}`
}

const ownAddress = () =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1"
