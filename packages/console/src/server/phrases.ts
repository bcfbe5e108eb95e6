import type { Sentence } from "../ConsoleState.ts"

/**
 * Phrases of the core: what a setting has to be, what was found, why an address does not work. `*` stands for a variable
 * part, which is translated too if it is a phrase. A test collects the phrases of the core and fails when one is missing.
 */
const phrases: ReadonlyArray<readonly [english: string, french: string, german: string]> = [
  // What was found.
  ["nothing", "rien", "nichts"],
  ["a list", "une liste", "eine Liste"],
  ["a group of keys", "un groupe de clés", "eine Gruppe von Schlüsseln"],
  ["a string", "un texte", "ein Text"],
  ["a number", "un nombre", "eine Zahl"],
  ["a boolean", "oui ou non", "ja oder nein"],
  ["an unknown key", "une clé inconnue", "ein unbekannter Schlüssel"],
  ["no such section", "pas de telle section", "keinen solchen Abschnitt"],
  ["* rules", "* règles", "* Regeln"],
  // What is wanted of a rule.
  ["a list of rules, like *", "une liste de règles, comme *", "eine Liste von Regeln wie *"],
  ["a rule, like *", "une règle, comme *", "eine Regel wie *"],
  ["* at most", "* au plus", "höchstens *"],
  [
    "a name that no other rule has",
    "un nom qu’aucune autre règle ne porte",
    "ein Name, den keine andere Regel hat",
  ],
  ["a text of up to * letters", "un texte de * lettres au plus", "ein Text von höchstens * Zeichen"],
  ["a number of minutes, * to *", "un nombre de minutes, de * à *", "eine Zahl von Minuten, * bis *"],
  ["a number, * or more", "un nombre, * ou plus", "eine Zahl, mindestens *"],
  [
    "a measure, like weight (docs/measures.md lists all)",
    "une mesure, comme weight (toutes sont dans docs/measures.md)",
    "eine Messgröße wie weight (alle stehen in docs/measures.md)",
  ],
  [
    "a measure that has a goal: weight, steps or sleep-duration",
    "une mesure qui a un objectif : weight, steps ou sleep-duration",
    "eine Messgröße mit Ziel: weight, steps oder sleep-duration",
  ],
  [
    "a number, or a measure like goal-steps",
    "un nombre, ou une mesure comme goal-steps",
    "eine Zahl oder eine Messgröße wie goal-steps",
  ],
  [
    "the numbers of a verdict, like [1, 11]",
    "les numéros d’un verdict, comme [1, 11]",
    "die Nummern eines Befunds wie [1, 11]",
  ],
  ["a time of day, like *", "une heure, comme *", "eine Uhrzeit wie *"],
  ["*, probably; *", "sans doute * ; *", "vermutlich *; *"],
  ["*; *, probably", "* ; sans doute *", "*; vermutlich *"],
  ["one of *", "l’un de : *", "eines von: *"],
  // What is wanted of a setting.
  [
    "the client id of your application at developer.withings.com, as text",
    "le client id de votre application sur developer.withings.com, comme texte",
    "die Client-ID Ihrer Anwendung bei developer.withings.com, als Text",
  ],
  [
    "the client secret of the same application, as text",
    "le client secret de la même application, comme texte",
    "das Client-Secret derselben Anwendung, als Text",
  ],
  [
    "a list of names, one for each person",
    "une liste de noms, un par personne",
    "eine Liste von Namen, einer für jede Person",
  ],
  [
    "the callback address registered at developer.withings.com, beginning with http:// or https://",
    "l’adresse de rappel déclarée sur developer.withings.com, commençant par http:// ou https://",
    "die bei developer.withings.com eingetragene Callback-Adresse, beginnend mit http:// oder https://",
  ],
  [
    "an address beginning with https://",
    "une adresse commençant par https://",
    "eine Adresse, die mit https:// beginnt",
  ],
  [
    "a whole number of seconds, * to *",
    "un nombre entier de secondes, de * à *",
    "eine ganze Zahl von Sekunden, * bis *",
  ],
  [
    "a whole number of minutes, * to *",
    "un nombre entier de minutes, de * à *",
    "eine ganze Zahl von Minuten, * bis *",
  ],
  [
    "a whole number of days, * to *",
    "un nombre entier de jours, de * à *",
    "eine ganze Zahl von Tagen, * bis *",
  ],
  [
    "essential (about a dozen values for each device) or all",
    "essential (une douzaine de valeurs par appareil) ou all",
    "essential (etwa ein Dutzend Werte je Gerät) oder all",
  ],
  [
    "a list of beds, like [{bed: Ann, occupied_after: 60}]; in the environment as JSON",
    "une liste de lits, comme [{bed: Ann, occupied_after: 60}] ; en JSON dans l’environnement",
    "eine Liste von Betten wie [{bed: Ann, occupied_after: 60}]; in der Umgebung als JSON",
  ],
  ["a bed, like *", "un lit, comme *", "ein Bett wie *"],
  [
    'a person, the name of a device, or "anyone"',
    "une personne, le nom d’un appareil, ou « anyone »",
    "eine Person, der Name eines Geräts oder „anyone“",
  ],
  [
    "a bed that no other entry is for",
    "un lit pour lequel il n’y a pas d’autre entrée",
    "ein Bett, für das es keinen anderen Eintrag gibt",
  ],
  ["esc-2024 or acc-aha-2017", "esc-2024 ou acc-aha-2017", "esc-2024 oder acc-aha-2017"],
  [
    "a list of names with a range of kilograms each: *",
    "une liste de noms, chacun avec une plage de kilogrammes : *",
    "eine Liste von Namen, jeder mit einem Bereich in Kilogramm: *",
  ],
  ["true or false", "true ou false", "true oder false"],
  [
    "the address of a PostgreSQL database, postgres://user:password@host/name; nothing for a file",
    "l’adresse d’une base PostgreSQL, postgres://user:password@host/name ; rien pour un fichier",
    "die Adresse einer PostgreSQL-Datenbank, postgres://user:password@host/name; nichts für eine Datei",
  ],
  [
    "the address of an OpenTelemetry collector, *",
    "l’adresse d’un collecteur OpenTelemetry, *",
    "die Adresse eines OpenTelemetry-Collectors, *",
  ],
  [
    "the address of a hub, beginning with https://",
    "l’adresse d’un hub, commençant par https://",
    "die Adresse eines Hubs, beginnend mit https://",
  ],
  [
    "the key that the hub gave to this household",
    "la clé que le hub a donnée à ce foyer",
    "der Schlüssel, den der Hub diesem Haushalt gegeben hat",
  ],
  [
    "the address by which Withings reaches this machine, beginning with https://",
    "l’adresse par laquelle Withings atteint cette machine, commençant par https://",
    "die Adresse, unter der Withings diesen Rechner erreicht, beginnend mit https://",
  ],
  [
    "a host name or address to listen on",
    "un nom d’hôte ou une adresse où écouter",
    "ein Hostname oder eine Adresse, auf der gelauscht wird",
  ],
  ["a port, * to *", "un port, de * à *", "ein Port, * bis *"],
  // What is wanted of config.yaml itself.
  [
    "a file that this user may write to",
    "un fichier que cet utilisateur peut écrire",
    "eine Datei, in die dieser Benutzer schreiben darf",
  ],
  [
    "a file that this user may read",
    "un fichier que cet utilisateur peut lire",
    "eine Datei, die dieser Benutzer lesen darf",
  ],
  [
    "YAML, before it can be changed here",
    "du YAML, avant de pouvoir le modifier ici",
    "YAML, bevor es hier geändert werden kann",
  ],
  ["YAML: *", "du YAML : *", "YAML: *"],
  [
    "a section `withings:` with client_id in it",
    "une section `withings:` avec client_id",
    "ein Abschnitt `withings:` mit client_id darin",
  ],
  // Why Withings would refuse an address, or cannot reach it.
  [
    "it is not an address such as https://bridge.example.org",
    "ce n’est pas une adresse comme https://bridge.example.org",
    "es ist keine Adresse wie https://bridge.example.org",
  ],
  ["it does not begin with https://", "elle ne commence pas par https://", "sie beginnt nicht mit https://"],
  [
    "it is an IP address, and Withings wants a domain name",
    "c’est une adresse IP, et Withings veut un nom de domaine",
    "es ist eine IP-Adresse, und Withings will einen Domainnamen",
  ],
  [
    "its name is known in your own network only",
    "son nom n’est connu que dans votre réseau",
    "ihr Name ist nur im eigenen Netz bekannt",
  ],
  [
    "it uses port *, and Withings calls 443 and 80 only",
    "elle utilise le port *, et Withings n’appelle que 443 et 80",
    "sie nutzt Port *, und Withings ruft nur 443 und 80 an",
  ],
  ["it is longer than * characters", "elle dépasse * caractères", "sie ist länger als * Zeichen"],
  [
    "it answers *, so something else listens there or a proxy does not hand on",
    "elle répond * : autre chose y écoute, ou un proxy ne transmet pas",
    "sie antwortet *: Dort lauscht etwas anderes, oder ein Proxy leitet nicht weiter",
  ],
  [
    "its certificate is not trusted, so Withings refuses it too",
    "son certificat n’est pas reconnu, Withings le refuse donc aussi",
    "ihrem Zertifikat wird nicht vertraut, also lehnt auch Withings es ab",
  ],
  ["its name is not known (DNS)", "son nom est inconnu (DNS)", "ihr Name ist unbekannt (DNS)"],
  ["nothing listens there", "rien n’y écoute", "dort lauscht nichts"],
  ["it does not answer from here", "elle ne répond pas d’ici", "sie antwortet von hier aus nicht"],
  [
    "it cannot be reached from here (*)",
    "elle est inaccessible d’ici (*)",
    "sie ist von hier aus nicht erreichbar (*)",
  ],
]

const escaped = (text: string) => text.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`)

const patterns = phrases.map(([english, french, german]) => ({
  pattern: new RegExp(`^${escaped(english).replaceAll("*", "(.+)")}$`, "su"),
  french,
  german,
}))

const filled = (phrase: string, parts: ReadonlyArray<string>) => {
  let next = 0
  return phrase.replaceAll("*", () => parts[next++] ?? "")
}

/** A phrase of the core in every language of the page; null for other texts, such as values. */
export const phraseOf = (english: string): Sentence | null => {
  for (const { french, german, pattern } of patterns) {
    const match = pattern.exec(english)
    if (match === null) continue
    const inner = match.slice(1).map(inEveryLanguage)
    return {
      message: english,
      french: filled(
        french,
        inner.map((one) => one.french),
      ),
      german: filled(
        german,
        inner.map((one) => one.german),
      ),
    }
  }
  return null
}

/** As {@link phraseOf}, but other texts stay as they are. */
export const inEveryLanguage = (english: string): Sentence =>
  phraseOf(english) ?? { message: english, french: english, german: english }

/** "found nothing, wanted a number", without the place of the mistake. */
export const mistakeSaid = (mistake: { readonly found: string; readonly wanted: string }): Sentence => {
  const found = inEveryLanguage(mistake.found)
  const wanted = inEveryLanguage(mistake.wanted)
  return {
    message: `found ${found.message}, wanted ${wanted.message}`,
    french: `trouvé : ${found.french} ; attendu : ${wanted.french}`,
    german: `gefunden: ${found.german}; erwartet: ${wanted.german}`,
  }
}
