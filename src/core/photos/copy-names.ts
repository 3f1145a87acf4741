/**
 * Names that tell a copy from what it was made of. File managers, messengers and editors give such names, in the language of
 * whoever uses them. Nothing but the name speaks here, so that it decides late.
 */
import { stem } from "../paths.ts";

/** What Google Photos puts behind the name of an edited photo in an export. */
const EDITED = [
  "edited",
  "edit",
  "bearbeitet",
  "modifié",
  "editado",
  "editada",
  "modificato",
  "modificata",
  "bewerkt",
  "edytowane",
  "redigerad",
  "redigeret",
  "redigert",
  "muokattu",
  "upraveno",
  "szerkesztett",
  "düzenlendi",
  "editat",
  "изменено",
  "отредактировано",
  "编辑",
  "已编辑",
  "已編輯",
  "編集済み",
  "수정됨",
];

/** "Copy" and what other languages call it. */
const COPY = [
  "copy",
  "kopie",
  "copie",
  "copia",
  "cópia",
  "kopi",
  "kopia",
  "kopio",
  "kópia",
  "másolat",
  "kopya",
  "kopyası",
  "копия",
  "копія",
  "αντίγραφο",
  "複製",
  "コピー",
  "نسخة",
  "עותק",
];

/** Those that put no space before it. */
const COPY_WITHOUT_SPACE = ["のコピー", "副本", "拷贝", "사본", "복사본"];

/** "Copy of" at the beginning of a name. */
const COPY_OF = [
  "copy of",
  "kopie von",
  "copie de",
  "copia de",
  "copia di",
  "cópia de",
  "kopie van",
  "kopia av",
  "kopi af",
  "kopi av",
  "kopia",
  "kopie",
  "копия",
  "копія",
  "αντίγραφο του",
  "نسخة من",
  "עותק של",
];

/** Words for what was done to a picture, behind its name. */
const DONE = [
  "export",
  "exported",
  "resized",
  "scaled",
  "small",
  "web",
  "thumb",
  "thumbnail",
  "compressed",
  "cropped",
  "enlarged",
  "upscaled",
];

/** Before the name of a picture of a screen. */
const SCREENSHOT = [
  "screenshot",
  "screen shot",
  "bildschirmfoto",
  "capture d’écran",
  "capture d'écran",
  "captura de pantalla",
  "captura de tela",
  "captura de ecrã",
  "schermata",
  "schermafbeelding",
  "skärmavbild",
  "skærmbillede",
  "skjermbilde",
  "zrzut ekranu",
  "ekran görüntüsü",
  "снимок экрана",
  "скриншот",
  "スクリーンショット",
  "屏幕截图",
  "螢幕截圖",
  "截屏",
  "스크린샷",
];

const any = (words: readonly string[]) => words.map((word) => word.normalize("NFC")).join("|");

const EDITED_ENDING = new RegExp(`[-_ ](?:${any(EDITED)})$`, "iu");

/** Behind a name, and before one. Words come before numbers, which may be theirs. */
const MARKS: readonly RegExp[] = [
  new RegExp(`[-_ ]+\\(?(?:${any(COPY)})\\)?(?:[ _]?\\(?\\d{1,3}\\)?)?$`, "iu"), // "IMG_1 copy 2", "IMG_1 - Kopie (3)"
  new RegExp(`(?:${any(COPY_WITHOUT_SPACE)})(?:[ _]?\\(?\\d{1,3}\\)?)?$`, "u"),
  EDITED_ENDING,
  new RegExp(`[-_ ](?:${any(DONE)})(?:[-_ ]?\\d{1,4})?$`, "iu"),
  /[ _]?\(\d{1,3}\)$/u, // "IMG_1 (1)", "IMG_1(2)"
  /~\d{1,2}$/u, // "PXL_1~2"
  new RegExp(`^(?:${any(COPY_OF)})[-_ ]+`, "iu"),
  /^IMG-\d{8}-WA\d{4,}/iu, // WhatsApp's
  /^(?:WhatsApp Image|signal-\d{4}|FB_IMG_|received_\d|photo_\d{4}-\d{2}-\d{2}_)/iu,
  /^IMG_E(?=\d{4})/iu, // an iPhone's edited photo beside the one it took
  new RegExp(`^(?:${any(SCREENSHOT)})`, "iu"),
];

/**
 * How many marks of a copy, an edit, or a picture that was sent or shown the name has: one for "IMG_1 (1)", two for an export of a
 * screenshot. */
export function marksOfCopy(path: string): number {
  let marks = 0;
  for (let name = stem(path).normalize("NFC"); ; marks++) {
    const mark = MARKS.find((pattern) => pattern.test(name));
    if (mark === undefined) return marks;
    name = name.replace(mark, "");
  }
}

/**
 * @param name without extension
 * @returns what was edited ("IMG_1" of "IMG_1-edited"); null for any other name
 */
export function editedFrom(name: string): string | null {
  const whole = name.normalize("NFC");
  return EDITED_ENDING.test(whole) ? whole.replace(EDITED_ENDING, "") : null;
}
