import { de } from "./de.ts"
import type { Tongue } from "./language.ts"
import { names } from "./names.de.ts"

/** "Nap: Light sleep", "Fat mass (left arm)": the parts of a composed name are known, the whole is not. */
const composed: ReadonlyArray<readonly [RegExp, (name: string, place: string) => string]> = [
  [/^Nap: (.+)$/, (name) => `Mittagsschlaf: ${germanOf(name)}`],
  [/^(.+) \(([^)]+)\)$/, (name, place) => `${germanOf(name)} (${germanOf(place)})`],
  [/^position (\d+)$/, (number) => `Stelle ${number}`],
]

export const germanOf = (english: string): string => {
  const known = names[english]
  if (known !== undefined) return known
  for (const [pattern, compose] of composed) {
    const [, name, place = ""] = pattern.exec(english) ?? []
    if (name !== undefined) return compose(name, place)
  }
  return english
}

export const german: Tongue = {
  sentences: de,
  named: ({ en }) => germanOf(en),
  troubles: {
    "sign-in-needed": [
      "Withings erneuert den Zugang nicht mehr.",
      "Melden Sie diese Person neu an, in den Einstellungen oder mit `withings-bridge connect`.",
    ],
    "withings-unreachable": [
      "Withings ist nicht erreichbar.",
      "Es wird von selbst weiter versucht. Wenn es andauert, prüfen Sie das Netz mit `withings-bridge doctor`.",
    ],
    "withings-throttled": [
      "Withings hat um eine Pause gebeten.",
      "Es geht von selbst weiter. Andere Programme mit derselben Client-ID teilen sich das Kontingent.",
    ],
    "withings-refused": [
      "Withings verweigert einen Teil der Daten.",
      "Melden Sie sich neu an und lassen Sie alle Berechtigungen angekreuzt. Wenn es andauert, melden Sie es mit dem Protokoll.",
    ],
    "records-skipped": [
      "Einige Datensätze von Withings waren nicht lesbar.",
      "Der Rest ist angekommen. Bitte melden Sie es mit dem Protokoll; dort steht, was nicht lesbar war.",
    ],
    "doubtful-answer": [
      "Eine Antwort von Withings würde viel vom Verlauf löschen.",
      "Nichts wurde gelöscht. Withings wird in einigen Stunden noch einmal gefragt, und dann geglaubt.",
    ],
    "device-missing": [
      "Withings führt dieses Gerät nicht mehr.",
      "Wenn es verkauft wurde oder das Konto gewechselt hat, verschwindet es in einigen Tagen aus den Smart Homes.",
    ],
    "store-unreachable": [
      "Die Datenbank antwortet nicht.",
      "Prüfen Sie, ob der Datenbankserver läuft oder ein anderes Programm die Datei `bridge.db` festhält.",
    ],
    "store-unwritable": [
      "In die Datenbank kann nicht geschrieben werden.",
      "Schaffen Sie Platz auf der Platte, und prüfen Sie, ob dieser Benutzer in den Datenordner schreiben darf.",
    ],
    "disk-nearly-full": [
      "Die Platte ist fast voll.",
      "Schaffen Sie Platz: Ohne ihn kann keine Messung und keine erneuerte Anmeldung gespeichert werden.",
    ],
    "key-missing": [
      "Der Schlüssel der Anmeldungen fehlt.",
      "Legen Sie die Datei `key` aus einer Sicherung zurück. Ohne sie müssen sich alle neu anmelden: `withings-bridge key new`.",
    ],
    "key-wrong": [
      "Der Schlüssel öffnet die gespeicherten Anmeldungen nicht.",
      "Legen Sie die Datei `key` (oder WITHINGS_BRIDGE_KEY) zurück, wie sie war, oder melden Sie sich neu an.",
    ],
    "webhooks-not-received": [
      "Die Aufrufe von Withings kommen nicht an.",
      "Prüfen Sie die öffentliche Adresse in den Einstellungen. Messungen kommen trotzdem, die Anwesenheit im Bett nicht.",
    ],
    "port-taken": [
      "Ein anderes Programm belegt einen Port, den die Brücke braucht.",
      "Beenden Sie das andere Programm, oder wählen Sie in den Einstellungen einen anderen Port.",
    ],
    "home-unreachable": [
      "Ein Smart Home antwortet nicht.",
      "Prüfen Sie, ob dessen Programm läuft, und lesen Sie das Protokoll der App.",
    ],
    "hub-unreachable": [
      "Der Hub, dem dieses Zuhause folgt, antwortet nicht.",
      "Die letzten Werte werden weiter angezeigt. Wenn es anhält, fragen Sie den Betreiber des Hubs.",
    ],
    "hub-refused": [
      "Der Hub kennt diesen Haushalt nicht mehr.",
      "Bitten Sie den Betreiber des Hubs um eine Einladung und tragen Sie den neuen Schlüssel ein.",
    ],
    "part-stopped": [
      "Ein Teil der Brücke hat angehalten.",
      "Er wird von selbst neu gestartet, nach einer jedes Mal längeren Pause. Die anderen laufen weiter.",
    ],
    "setting-wrong": [
      "Eine Einstellung ist unbrauchbar.",
      "`withings-bridge check-config` sagt, welche und wo.",
    ],
  },
}
