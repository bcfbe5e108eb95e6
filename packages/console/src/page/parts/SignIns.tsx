import type { Person } from "@withings-bridge/core"
import { useState } from "preact/hooks"
import type { SignInUnderWay } from "../../ConsoleState.ts"
import { post } from "../state/bridge.ts"
import { said, texts } from "../text/language.ts"
import { Action } from "./Action.tsx"
import { Card } from "./Card.tsx"
import type { PageProps } from "./PageProps.ts"
import { TextField } from "./TextField.tsx"
import { standingReason, standingWord } from "./standingWord.ts"

const t = texts({
  connect: ["Connect", "Connecter", "Verbinden"],
  connectNamed: ["Connect {person}", "Connecter {person}", "{person} verbinden"],
  connectAgain: ["Connect {person} again", "Reconnecter {person}", "{person} neu verbinden"],
  signOut: ["Sign {person} out", "Déconnecter {person}", "{person} abmelden"],
  signOutSure: [
    "Sign {person} out? The history stays.",
    "Déconnecter {person} ? L’historique reste.",
    "{person} abmelden? Der Verlauf bleibt.",
  ],
  newPerson: ["Name of another person", "Nom d’une autre personne", "Name einer weiteren Person"],
  connectOpens: [
    "Withings opens in a new tab. This page updates once you have agreed there.",
    "Withings s’ouvre dans un nouvel onglet. Une fois votre accord donné, cette page le remarque d’elle-même.",
    "Withings öffnet sich in einem neuen Tab. Wenn Sie dort zugestimmt haben, merkt diese Seite es von selbst.",
  ],
  tryAgain: ["Try again", "Réessayer", "Noch einmal versuchen"],
  paste: [
    "The page you landed on did not open? Paste its address here:",
    "La page d’arrivée ne s’est pas ouverte ? Collez son adresse ici :",
    "Die Seite, auf der Sie gelandet sind, ging nicht auf? Fügen Sie ihre Adresse hier ein:",
  ],
  finish: ["Finish", "Terminer", "Abschließen"],
})

/** Opens the tab before asking for its address, because a browser blocks tabs that open later than the click. */
const connect = async (personName: string) => {
  const tab = open("about:blank", "_blank")
  try {
    const { authorizeUrl } = await post<{ authorizeUrl: string }>("connect", { personName })
    if (tab) tab.location.href = authorizeUrl
  } catch (error) {
    tab?.close()
    throw error
  }
}

const Known = ({ person }: { person: Person }) => (
  <li>
    <strong>{person.name}</strong>{" "}
    <span class={`standing ${person.standing.state}`}>{standingWord(person.standing.state)}</span>
    {standingReason(person.standing) && <p class="failed">{standingReason(person.standing)}</p>}
    <Action act={() => connect(person.name)}>{t("connectAgain", { person: person.name })}</Action>
    {person.standing.state !== "never-signed-in" && (
      <Action
        act={async () => {
          if (confirm(t("signOutSure", { person: person.name })))
            await post("sign-out", { personId: person.id })
        }}
      >
        {t("signOut", { person: person.name })}
      </Action>
    )}
  </li>
)

/** The state of a sign-in that continues in another tab. */
const UnderWay = ({ failure, personName }: SignInUnderWay) =>
  failure === null ? (
    <p class="quiet">{t("connectOpens")}</p>
  ) : (
    <>
      <p class="failed">{said(failure)}</p>
      <Action kind="primary" act={() => connect(personName)}>
        {t("tryAgain")}
      </Action>
    </>
  )

export const SignIns = ({ state }: PageProps) => {
  const { persons } = state.household
  const waiting = state.settings.profiles.filter((name) => !persons.some((person) => person.name === name))
  const [name, setName] = useState("")
  const [landed, setLanded] = useState("")
  return (
    <Card title={t("persons")}>
      <div role="status">{state.signIn && <UnderWay {...state.signIn} />}</div>
      <ul class="persons">
        {persons.map((person) => (
          <Known key={person.id} person={person} />
        ))}
        {waiting.map((profile) => (
          <li key={profile}>
            <strong>{profile}</strong> <span class="standing">{standingWord("never-signed-in")}</span>
            <Action kind="primary" act={() => connect(profile)}>
              {t("connectNamed", { person: profile })}
            </Action>
          </li>
        ))}
      </ul>
      <TextField label={t("newPerson")} value={name} change={setName} />
      <Action act={() => connect(name.trim())}>{t("connect")}</Action>
      <TextField label={t("paste")} inputMode="url" autoComplete="off" value={landed} change={setLanded} />
      <Action
        act={async () => {
          await post("connect/finish", { landedOn: landed })
          setLanded("")
        }}
      >
        {t("finish")}
      </Action>
    </Card>
  )
}
