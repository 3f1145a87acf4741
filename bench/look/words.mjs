/**
 * What stands on drawn pages: words, sums, dates and names, each from a seed and the name of its place.
 */
import { randomFor } from "./gathering.mjs";
import { oneOf } from "./picture.mjs";

/** @typedef {"en" | "de" | "fr" | "es" | "pl" | "el" | "ru"} Language */
/** @typedef {ReturnType<typeof contentOf>} Content */

const WORDS = {
  en: "the house of water under a green bridge while every letter from north was found before supper and nobody knew which garden belonged to whom because the old road had been closed for years".split(
    " ",
  ),
  de: "das Haus am Wasser unter einer grünen Brücke während jeder Brief aus dem Norden vor dem Essen gefunden wurde und niemand wusste welcher Garten wem gehörte weil die alte Straße gesperrt war".split(
    " ",
  ),
  fr: "la maison près de l'eau sous un pont vert tandis que chaque lettre du nord fut trouvée avant le dîner et personne ne savait à qui était le jardin car la vieille route restait fermée".split(
    " ",
  ),
  es: "la casa del agua bajo un puente verde mientras cada carta del norte se encontró antes de la cena y nadie sabía de quién era el jardín porque el viejo camino llevaba años cerrado".split(
    " ",
  ),
  pl: "dom nad wodą pod zielonym mostem podczas gdy każdy list z północy znaleziono przed kolacją i nikt nie wiedział czyj jest ogród bo stara droga była od lat zamknięta".split(
    " ",
  ),
  el: "το σπίτι δίπλα στο νερό κάτω από πράσινη γέφυρα ενώ κάθε γράμμα από τον βορρά βρέθηκε πριν το δείπνο και κανείς δεν ήξερε ποιος κήπος".split(
    " ",
  ),
  ru: "дом у воды под зелёным мостом пока каждое письмо с севера находили до ужина и никто не знал чей это сад потому что старая дорога была закрыта".split(
    " ",
  ),
};

/** A menu of settings, the same entries in the same order. */
export const MENU = {
  en: [
    "Settings",
    "Account",
    "Notifications",
    "Appearance",
    "Privacy",
    "Storage and data",
    "Backup",
    "Language",
    "Sounds",
    "Help",
    "About this app",
    "Sign out",
    "Dark mode",
    "Send reports",
  ],
  de: [
    "Einstellungen",
    "Konto",
    "Benachrichtigungen",
    "Darstellung",
    "Datenschutz",
    "Speicher und Daten",
    "Sicherung",
    "Sprache",
    "Töne",
    "Hilfe",
    "Über diese App",
    "Abmelden",
    "Dunkler Modus",
    "Berichte senden",
  ],
  fr: [
    "Paramètres",
    "Compte",
    "Notifications",
    "Apparence",
    "Confidentialité",
    "Stockage et données",
    "Sauvegarde",
    "Langue",
    "Sons",
    "Aide",
    "À propos",
    "Se déconnecter",
    "Mode sombre",
    "Envoyer des rapports",
  ],
  es: [
    "Ajustes",
    "Cuenta",
    "Notificaciones",
    "Apariencia",
    "Privacidad",
    "Almacenamiento y datos",
    "Copia de seguridad",
    "Idioma",
    "Sonidos",
    "Ayuda",
    "Acerca de",
    "Cerrar sesión",
    "Modo oscuro",
    "Enviar informes",
  ],
  pl: [
    "Ustawienia",
    "Konto",
    "Powiadomienia",
    "Wygląd",
    "Prywatność",
    "Pamięć i dane",
    "Kopia zapasowa",
    "Język",
    "Dźwięki",
    "Pomoc",
    "O aplikacji",
    "Wyloguj się",
    "Tryb ciemny",
    "Wysyłaj raporty",
  ],
};

/** Their alphabets draw nothing alike. */
export const LANGUAGES = /** @type {readonly Language[]} */ (Object.keys(WORDS));

/**
 * @param {string} seed
 * @param {{ language?: Language, changed?: string }} [options] changed: the place that says something else than the seed gives
 */
export function contentOf(seed, { language = "en", changed } = {}) {
  const places = new Set();
  const randomAt = (place) => {
    places.add(place);
    return randomFor(seed, place, place === changed ? "changed" : "");
  };
  return {
    language,
    /** Places of numbers that were drawn so far. */
    places,
    /** @param {string} place @param {number} [most] @returns {string} "12.40" */
    sum: (place, most = 200) => (randomAt(place)() * most + 1).toFixed(2),
    /** @param {string} place @param {number} digits */
    digits: (place, digits) => String(Math.floor((0.1 + 0.9 * randomAt(place)()) * 10 ** digits)),
    /** @param {string} place */
    date(place) {
      const random = randomAt(place);
      const two = (least, count) => String(least + Math.floor(random() * count)).padStart(2, "0");
      return `${two(1, 28)}.${two(1, 12)}.20${two(10, 15)}`;
    },
    /** @param {string} place */
    time(place) {
      const random = randomAt(place);
      return `${String(7 + Math.floor(random() * 15)).padStart(2, "0")}:${String(Math.floor(random() * 60)).padStart(2, "0")}`;
    },
    /** @param {string} place @param {number} least @param {number} most @returns {string} so many words */
    words(place, least, most = least) {
      const random = randomFor(seed, place);
      return Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, () => oneOf(random, WORDS[language])).join(" ");
    },
    /** @param {string} place @returns {number} from 0 up to 1 */
    share: (place) => randomFor(seed, place)(),
  };
}
