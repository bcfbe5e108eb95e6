import { fr } from "./fr.ts"
import type { Tongue } from "./language.ts"

export const french: Tongue = {
  sentences: fr,
  named: (text) => text.fr,
  troubles: {
    "sign-in-needed": [
      "Withings ne renouvelle plus l’accès.",
      "Reconnectez cette personne, dans Réglages ou avec `withings-bridge connect`.",
    ],
    "withings-unreachable": [
      "Withings est injoignable.",
      "Nouvel essai automatique. Si cela dure, vérifiez le réseau avec `withings-bridge doctor`.",
    ],
    "withings-throttled": [
      "Withings a demandé une pause.",
      "La suite vient d’elle-même. Les autres programmes avec le même client id partagent ce quota.",
    ],
    "withings-refused": [
      "Withings refuse une partie des données.",
      "Reconnectez-vous en laissant toutes les autorisations cochées. Si cela dure, signalez-le avec le journal.",
    ],
    "records-skipped": [
      "Certains enregistrements de Withings n’ont pas pu être lus.",
      "Le reste est arrivé. Signalez-le avec le journal, qui dit ce qui n’a pas pu être lu.",
    ],
    "doubtful-answer": [
      "Une réponse de Withings effacerait une grande partie de l’historique.",
      "Rien n’a été effacé. Withings sera interrogé de nouveau dans quelques heures, et cru s’il dit la même chose.",
    ],
    "device-missing": [
      "Withings ne liste plus cet appareil.",
      "S’il a été vendu ou a changé de compte, il disparaîtra des maisons dans quelques jours.",
    ],
    "store-unreachable": [
      "La base de données ne répond pas.",
      "Vérifiez que le serveur de base de données tourne, ou qu’aucun autre programme ne tient le fichier `bridge.db`.",
    ],
    "store-unwritable": [
      "La base de données ne peut pas être écrite.",
      "Libérez de la place sur le disque, et vérifiez que cet utilisateur peut écrire dans le dossier de données.",
    ],
    "disk-nearly-full": [
      "Le disque est presque plein.",
      "Libérez de la place : sans elle, ni mesure ni connexion renouvelée ne peut être gardée.",
    ],
    "key-missing": [
      "La clé des connexions manque.",
      "Remettez le fichier `key` d’une sauvegarde. Sans lui, chacun doit se reconnecter : `withings-bridge key new`.",
    ],
    "key-wrong": [
      "La clé n’ouvre pas les connexions gardées.",
      "Remettez le fichier `key` (ou WITHINGS_BRIDGE_KEY) tel qu’il était, ou reconnectez-vous.",
    ],
    "webhooks-not-received": [
      "Les appels de Withings n’arrivent pas.",
      "Vérifiez l’adresse publique dans Réglages. Les mesures arrivent quand même, mais pas la présence au lit.",
    ],
    "port-taken": [
      "Un autre programme occupe un port dont la passerelle a besoin.",
      "Arrêtez l’autre programme, ou choisissez un autre port dans les réglages.",
    ],
    "home-unreachable": [
      "Une maison ne répond pas.",
      "Vérifiez que le programme de la maison tourne, et lisez le journal de l’application.",
    ],
    "hub-unreachable": [
      "Le hub que cette maison suit ne répond pas.",
      "Les dernières valeurs restent affichées. Si cela dure, demandez à l’exploitant du hub.",
    ],
    "hub-refused": [
      "Le hub ne connaît plus ce foyer.",
      "Demandez une invitation à l’exploitant du hub et inscrivez la nouvelle clé.",
    ],
    "part-stopped": [
      "Une partie de la passerelle s’est arrêtée.",
      "Elle redémarre d’elle-même, après une pause plus longue chaque fois. Les autres continuent.",
    ],
    "setting-wrong": ["Un réglage ne convient pas.", "`withings-bridge check-config` dit lequel et où."],
  },
}
