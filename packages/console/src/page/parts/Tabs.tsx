import type { Person, PersonId } from "@withings-bridge/core"
import { t } from "../text/language.ts"

interface TabsProps {
  readonly persons: ReadonlyArray<Person>
  readonly chosen: Person
  readonly hrefOf: (personId: PersonId) => string
}

/** Links to the same page of each person. */
export const Tabs = ({ chosen, hrefOf, persons }: TabsProps) => (
  <div class="tabs" role="group" aria-label={t("persons")}>
    {persons.map(({ id, name }) => (
      <a key={id} href={hrefOf(id)} aria-current={id === chosen.id ? "true" : undefined}>
        {name}
      </a>
    ))}
  </div>
)
