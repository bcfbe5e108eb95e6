/** A program that can make an address public. */
export type Tool = "tailscale" | "cloudflared" | "caddy" | "nginx"

export interface Way {
  readonly title: string
  readonly tool: Tool
  /** Commands and files to copy; replace the names in capitals. */
  readonly steps: (port: number) => ReadonlyArray<string>
}

/** Ways to a public address for the webhook receiver, the easiest first. */
export const ways: ReadonlyArray<Way> = [
  {
    title: "Tailscale Funnel (no router setting, no domain of your own)",
    tool: "tailscale",
    steps: (port) => [
      `tailscale funnel --bg ${port}`,
      "It prints an address https://MACHINE.TAILNET.ts.net. Then:",
      "withings-bridge webhook https://MACHINE.TAILNET.ts.net",
    ],
  },
  {
    title: "Cloudflare Tunnel (no router setting; a domain at Cloudflare)",
    tool: "cloudflared",
    steps: (port) => [
      "cloudflared tunnel login",
      "cloudflared tunnel create withings",
      "cloudflared tunnel route dns withings BRIDGE.EXAMPLE.ORG",
      `cloudflared tunnel run --url http://127.0.0.1:${port} withings`,
      "withings-bridge webhook https://BRIDGE.EXAMPLE.ORG",
    ],
  },
  {
    title: "Caddy (your domain; port 443 forwarded by the router)",
    tool: "caddy",
    steps: (port) => [
      `in the Caddyfile:\nBRIDGE.EXAMPLE.ORG {\n  reverse_proxy 127.0.0.1:${port}\n}`,
      "withings-bridge webhook https://BRIDGE.EXAMPLE.ORG",
    ],
  },
  {
    title: "nginx (your domain with a certificate; port 443 forwarded by the router)",
    tool: "nginx",
    steps: (port) => [
      `in the server block of your domain:  location / { proxy_pass http://127.0.0.1:${port}; }`,
      "withings-bridge webhook https://BRIDGE.EXAMPLE.ORG",
    ],
  },
]

/** The ways with an installed program first. */
export const waysFor = (installed: ReadonlySet<Tool>): ReadonlyArray<Way & { readonly isHere: boolean }> =>
  ways
    .map((way) => ({ ...way, isHere: installed.has(way.tool) }))
    .toSorted((one, other) => Number(other.isHere) - Number(one.isHere))
