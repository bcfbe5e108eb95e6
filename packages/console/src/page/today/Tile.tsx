import type { ComponentChildren } from "preact"
import { ago } from "../text/figures.ts"

interface TileProps {
  readonly title: string
  readonly href: string
  /** When it was measured, epoch seconds. */
  readonly at: number
  /** The age to show; counted from `at` unless given. */
  readonly age?: string
  readonly value: ComponentChildren
  readonly children?: ComponentChildren
  /** Twice as wide where there is room. */
  readonly wide?: boolean
}

/** A figure of a person that links to its chart. */
export const Tile = ({ age, at, children, href, title, value, wide = false }: TileProps) => (
  <a class={wide ? "tile wide" : "tile"} href={href}>
    <span class="tilehead">
      <span>{title}</span>
      <time dateTime={new Date(at * 1000).toISOString()}>{age ?? ago(at)}</time>
    </span>
    <strong>{value}</strong>
    {children}
  </a>
)
