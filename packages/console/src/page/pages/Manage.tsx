import type { Person, RemovedPerson, Weighing } from "@withings-bridge/core"
import { useState } from "preact/hooks"
import { Backup } from "../manage/Backup.tsx"
import { Webhook } from "../manage/Webhook.tsx"
import { Action } from "../parts/Action.tsx"
import { Card } from "../parts/Card.tsx"
import { Failure } from "../parts/Failure.tsx"
import { everyDevice } from "../parts/devices.ts"
import type { PageProps } from "../parts/PageProps.ts"
import { Select } from "../parts/Select.tsx"
import { get, post } from "../state/bridge.ts"
import { messageOf, useAnswer } from "../state/useAnswer.ts"
import { ago, figure, moment } from "../text/figures.ts"
import { texts } from "../text/language.ts"

const t = texts({
  weighings: ["Weighings without a person", "Pesées sans personne", "Wägungen ohne Person"],
  noWeighings: [
    "No weighing is waiting to be assigned.",
    "Aucune pesée n’attend de personne.",
    "Keine Wägung wartet auf eine Person.",
  ],
  weighingsHint: [
    "The scale could not tell who it was. Choose the person; until then it is not shown anywhere.",
    "La balance n’a pas su qui c’était. Choisissez la personne ; d’ici là, la pesée n’est montrée nulle part.",
    "Die Waage wusste nicht, wer es war. Wählen Sie die Person; bis dahin erscheint die Wägung nirgends.",
  ],
  whoseWeighing: ["Whose weighing of {when}?", "À qui est la pesée du {when} ?", "Wessen Wägung vom {when}?"],
  nobodyHere: ["nobody of the household", "personne du foyer", "niemand aus dem Haushalt"],
  addPerson: [
    "Add a person in Settings",
    "Ajouter une personne dans Réglages",
    "Eine Person in den Einstellungen hinzufügen",
  ],
  removePerson: ["Remove {person}", "Retirer {person}", "{person} entfernen"],
  deletePerson: [
    "Delete {person} and the history",
    "Supprimer {person} et l’historique",
    "{person} samt Verlauf löschen",
  ],
  removePersonSure: [
    "Sign {person} out and take them out of every home? The history is kept, and comes back with a new sign-in.",
    "Déconnecter {person} et l’enlever de toutes les maisons ? L’historique est gardé, et revient avec une nouvelle connexion.",
    "{person} abmelden und aus allen Smart Homes nehmen? Der Verlauf bleibt und kommt mit einer neuen Anmeldung zurück.",
  ],
  deletePersonSure: [
    "Delete {person} and everything that was measured of them here? This cannot be undone. Withings keeps its own copy.",
    "Supprimer {person} et tout ce qui a été mesuré ici ? C’est définitif. Withings garde sa propre copie.",
    "{person} und alles hier Gemessene löschen? Das lässt sich nicht rückgängig machen. Withings behält seine eigene Kopie.",
  ],
  removedWhen: [
    "removed {when}, history kept",
    "retiré {when}, historique gardé",
    "entfernt {when}, Verlauf behalten",
  ],
})

interface HouseholdAnswer {
  readonly weighings: ReadonlyArray<Weighing>
  readonly removed: ReadonlyArray<RemovedPerson>
}

/** Persons, unassigned weighings, the public address, and backups. */
export const Manage = ({ state }: PageProps) => {
  const { again, answer, failure } = useAnswer(
    () => get<HouseholdAnswer>("household"),
    [state.household.revision],
  )
  return (
    <div class="columns wide">
      <Failure message={failure} />
      <Card title={t("weighings")}>
        <WeighingList state={state} weighings={answer?.weighings ?? []} again={again} />
      </Card>
      <Card title={t("persons")}>
        <ul class="persons">
          {[...state.household.persons, ...(answer?.removed ?? [])].map((person) => (
            <PersonLine key={person.id} person={person} again={again} />
          ))}
        </ul>
        <p>
          <a href="#/settings">{t("addPerson")}</a>
        </p>
      </Card>
      <Webhook settings={state.settings} />
      <Backup isEmpty={state.household.persons.length === 0} />
    </div>
  )
}

interface PersonLineProps {
  readonly person: Pick<Person, "id" | "name"> & Partial<RemovedPerson>
  readonly again: () => void
}

const PersonLine = ({ again, person: { id, name, removedAt } }: PersonLineProps) => {
  const remove = (history: "keep" | "delete") => async () => {
    const sure = t(history === "keep" ? "removePersonSure" : "deletePersonSure", { person: name })
    if (!confirm(sure)) return
    await post("person/remove", { personId: id, history })
    again()
  }
  return (
    <li>
      <strong>{name}</strong>
      {removedAt !== undefined && <span class="quiet"> {t("removedWhen", { when: ago(removedAt) })}</span>}
      <br />
      {removedAt === undefined && <Action act={remove("keep")}>{t("removePerson", { person: name })}</Action>}
      <Action act={remove("delete")}>{t("deletePerson", { person: name })}</Action>
    </li>
  )
}

interface WeighingsProps extends PageProps {
  readonly weighings: ReadonlyArray<Weighing>
  readonly again: () => void
}

const shownAtOnce = 20

/** The unassigned weighings, and on request the assigned ones. */
const WeighingList = ({ again, state, weighings }: WeighingsProps) => {
  const [isAll, showAll] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const open = weighings.filter(({ choice }) => choice === null)
  const shown = (isAll ? weighings : open).slice(0, shownAtOnce)
  const weight = everyDevice(state.household)
    .flatMap(({ features }) => features)
    .find(({ kind }) => kind === "weight")
  const nobody = "nobody"
  const assign = (id: string, personId: string | null) =>
    post("weighings/assign", { id, personId }).then(
      () => (setFailure(null), again()),
      (error) => setFailure(messageOf(error)),
    )
  return (
    <>
      <Failure message={failure} />
      <p>{t(open.length === 0 ? "noWeighings" : "weighingsHint")}</p>
      <ul class="persons">
        {shown.map(({ at, choice, id, persons, weight: value }) => (
          <li key={id}>
            <strong>{value === null || !weight ? t("noReading") : figure(weight, value)}</strong>{" "}
            <span class="quiet">{moment(at)}</span>
            <Select
              isLabelUnseen
              label={t("whoseWeighing", { when: moment(at) })}
              value={choice === null ? "" : (choice.personId ?? nobody)}
              options={[
                ...(choice === null ? [["", t("choose")] as const] : []),
                ...persons.map((person) => [person.id, person.name] as const),
                [nobody, t("nobodyHere")],
              ]}
              choose={(chosen) => assign(id, chosen === nobody ? null : chosen)}
            />
          </li>
        ))}
      </ul>
      {!isAll && weighings.length > open.length && (
        <button type="button" onClick={() => showAll(true)}>
          {t("more", { count: weighings.length - open.length })}
        </button>
      )}
    </>
  )
}
