import type { TroubleCode } from "@withings-bridge/core"

/** Every trouble in the languages that the bridge does not send. */
export const troubles: Readonly<
  Record<TroubleCode, readonly [french: string, remedy: string, german: string, remedy: string]>
> = {
  "sign-in-needed": [
    "Withings ne renouvelle plus l’accès.",
    "Reconnectez cette personne, dans Réglages ou avec `withings-bridge connect`.",
    "Withings erneuert den Zugang nicht mehr.",
    "Melden Sie diese Person neu an, in den Einstellungen oder mit `withings-bridge connect`.",
  ],
  "withings-unreachable": [
    "Withings est injoignable.",
    "Nouvel essai automatique. Si cela dure, vérifiez le réseau avec `withings-bridge doctor`.",
    "Withings ist nicht erreichbar.",
    "Es wird von selbst weiter versucht. Wenn es andauert, prüfen Sie das Netz mit `withings-bridge doctor`.",
  ],
  "withings-throttled": [
    "Withings a demandé une pause.",
    "La suite vient d’elle-même. Les autres programmes avec le même client id partagent ce quota.",
    "Withings hat um eine Pause gebeten.",
    "Es geht von selbst weiter. Andere Programme mit derselben Client-ID teilen sich das Kontingent.",
  ],
  "withings-refused": [
    "Withings refuse une partie des données.",
    "Reconnectez-vous en laissant toutes les autorisations cochées. Si cela dure, signalez-le avec le journal.",
    "Withings verweigert einen Teil der Daten.",
    "Melden Sie sich neu an und lassen Sie alle Berechtigungen angekreuzt. Wenn es andauert, melden Sie es mit dem Protokoll.",
  ],
  "records-skipped": [
    "Certains enregistrements de Withings n’ont pas pu être lus.",
    "Le reste est arrivé. Signalez-le avec le journal, qui dit ce qui n’a pas pu être lu.",
    "Einige Datensätze von Withings waren nicht lesbar.",
    "Der Rest ist angekommen. Bitte melden Sie es mit dem Protokoll; dort steht, was nicht lesbar war.",
  ],
  "doubtful-answer": [
    "Une réponse de Withings effacerait une grande partie de l’historique.",
    "Rien n’a été effacé. Withings sera interrogé de nouveau dans quelques heures, et cru s’il dit la même chose.",
    "Eine Antwort von Withings würde viel vom Verlauf löschen.",
    "Nichts wurde gelöscht. Withings wird in einigen Stunden noch einmal gefragt, und dann geglaubt.",
  ],
  "device-missing": [
    "Withings ne liste plus cet appareil.",
    "S’il a été vendu ou a changé de compte, il disparaîtra des maisons dans quelques jours.",
    "Withings führt dieses Gerät nicht mehr.",
    "Wenn es verkauft wurde oder das Konto gewechselt hat, verschwindet es in einigen Tagen aus den Smart Homes.",
  ],
  "store-unreachable": [
    "La base de données ne répond pas.",
    "Vérifiez que le serveur de base de données tourne, ou qu’aucun autre programme ne tient le fichier `bridge.db`.",
    "Die Datenbank antwortet nicht.",
    "Prüfen Sie, ob der Datenbankserver läuft oder ein anderes Programm die Datei `bridge.db` festhält.",
  ],
  "store-unwritable": [
    "La base de données ne peut pas être écrite.",
    "Libérez de la place sur le disque, et vérifiez que cet utilisateur peut écrire dans le dossier de données.",
    "In die Datenbank kann nicht geschrieben werden.",
    "Schaffen Sie Platz auf der Platte, und prüfen Sie, ob dieser Benutzer in den Datenordner schreiben darf.",
  ],
  "disk-nearly-full": [
    "Le disque est presque plein.",
    "Libérez de la place : sans elle, ni mesure ni connexion renouvelée ne peut être gardée.",
    "Die Platte ist fast voll.",
    "Schaffen Sie Platz: Ohne ihn kann keine Messung und keine erneuerte Anmeldung gespeichert werden.",
  ],
  "key-missing": [
    "La clé des connexions manque.",
    "Remettez le fichier `key` d’une sauvegarde. Sans lui, chacun doit se reconnecter : `withings-bridge key new`.",
    "Der Schlüssel der Anmeldungen fehlt.",
    "Legen Sie die Datei `key` aus einer Sicherung zurück. Ohne sie müssen sich alle neu anmelden: `withings-bridge key new`.",
  ],
  "key-wrong": [
    "La clé n’ouvre pas les connexions gardées.",
    "Remettez le fichier `key` (ou WITHINGS_BRIDGE_KEY) tel qu’il était, ou reconnectez-vous.",
    "Der Schlüssel öffnet die gespeicherten Anmeldungen nicht.",
    "Legen Sie die Datei `key` (oder WITHINGS_BRIDGE_KEY) zurück, wie sie war, oder melden Sie sich neu an.",
  ],
  "webhooks-not-received": [
    "Les appels de Withings n’arrivent pas.",
    "Vérifiez l’adresse publique dans Réglages. Les mesures arrivent quand même, mais pas la présence au lit.",
    "Die Aufrufe von Withings kommen nicht an.",
    "Prüfen Sie die öffentliche Adresse in den Einstellungen. Messungen kommen trotzdem, die Anwesenheit im Bett nicht.",
  ],
  "port-taken": [
    "Un autre programme occupe un port dont la passerelle a besoin.",
    "Arrêtez l’autre programme, ou choisissez un autre port dans les réglages.",
    "Ein anderes Programm belegt einen Port, den die Brücke braucht.",
    "Beenden Sie das andere Programm, oder wählen Sie in den Einstellungen einen anderen Port.",
  ],
  "home-unreachable": [
    "Une maison ne répond pas.",
    "Vérifiez que le programme de la maison tourne, et lisez le journal de l’application.",
    "Ein Smart Home antwortet nicht.",
    "Prüfen Sie, ob dessen Programm läuft, und lesen Sie das Protokoll der App.",
  ],
  "hub-unreachable": [
    "Le hub que cette maison suit ne répond pas.",
    "Les dernières valeurs restent affichées. Si cela dure, demandez à l’exploitant du hub.",
    "Der Hub, dem dieses Zuhause folgt, antwortet nicht.",
    "Die letzten Werte werden weiter angezeigt. Wenn es anhält, fragen Sie den Betreiber des Hubs.",
  ],
  "hub-refused": [
    "Le hub ne connaît plus ce foyer.",
    "Demandez une invitation à l’exploitant du hub et inscrivez la nouvelle clé.",
    "Der Hub kennt diesen Haushalt nicht mehr.",
    "Bitten Sie den Betreiber des Hubs um eine Einladung und tragen Sie den neuen Schlüssel ein.",
  ],
  "part-stopped": [
    "Une partie de la passerelle s’est arrêtée.",
    "Elle redémarre d’elle-même, après une pause plus longue chaque fois. Les autres continuent.",
    "Ein Teil der Brücke hat angehalten.",
    "Er wird von selbst neu gestartet, nach einer jedes Mal längeren Pause. Die anderen laufen weiter.",
  ],
  "setting-wrong": [
    "Un réglage ne convient pas.",
    "`withings-bridge check-config` dit lequel et où.",
    "Eine Einstellung ist unbrauchbar.",
    "`withings-bridge check-config` sagt, welche und wo.",
  ],
}
