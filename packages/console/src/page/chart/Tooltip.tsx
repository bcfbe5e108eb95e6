import type { Told } from "./tooltip.ts"

/** The values at the pointer, announced to screen readers. */
export const Tooltip = ({
  at,
  told,
}: {
  readonly told: Told | null
  /** The position, as CSS. */
  readonly at: Readonly<Record<string, string>>
}) => (
  <div role="status" class={told ? "tooltip" : "unseen"} style={told ? at : {}}>
    {told && (
      <>
        <strong>{told.title}</strong>
        {told.lines.map(({ colour, name, text }) => (
          <span key={name} style={{ "--key": colour }}>
            {name === "" ? text : `${name}: ${text}`}
          </span>
        ))}
      </>
    )}
  </div>
)
