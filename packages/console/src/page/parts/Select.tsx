export interface SelectProps {
  readonly label: string
  /** Only screen readers get the label. */
  readonly isLabelUnseen?: boolean
  readonly value: string
  readonly options: ReadonlyArray<readonly [value: string, name: string]>
  readonly choose: (value: string) => void
}

export const Options = ({ options }: Pick<SelectProps, "options">) => (
  <>
    {options.map(([value, name]) => (
      <option key={value} value={value}>
        {name}
      </option>
    ))}
  </>
)

export const Select = ({ choose, isLabelUnseen = false, label, options, value }: SelectProps) => (
  <label {...(isLabelUnseen ? { class: "pick" } : {})}>
    {isLabelUnseen ? <span class="unseen">{label}</span> : label}
    <select value={value} onChange={(event) => choose(event.currentTarget.value)}>
      <Options options={options} />
    </select>
  </label>
)
