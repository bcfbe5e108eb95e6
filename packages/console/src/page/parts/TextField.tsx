interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly change: (value: string) => void
  /** Shows dots instead of the text. */
  readonly isSecret?: boolean
  readonly inputMode?: "url"
  readonly autoComplete?: "off" | "current-password" | "new-password"
  readonly placeholder?: string
}

export const TextField = ({ change, label, isSecret = false, value, ...rest }: TextFieldProps) => (
  <label>
    {label}
    <input
      {...(isSecret ? { type: "password" as const } : {})}
      value={value}
      spellcheck={false}
      onInput={(event) => change(event.currentTarget.value)}
      {...rest}
    />
  </label>
)
