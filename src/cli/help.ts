/**
 * How help looks: options without defaults that say nothing, and two or three examples for each command.
 */
import type { Command, Help, Option } from "commander";
import { commandName, leavesOf } from "./setting-forms.ts";

/** By command: what is typed, and what for. */
export const EXAMPLES: Readonly<Record<string, readonly (readonly [line: string, purpose: string])[]>> = {
  scan: [
    ["dupfind scan ~/Photos", "read what is new; the first scan reads everything"],
    ["dupfind scan ~/Photos --exclude thumbnails --ext jpg,heic", "leave out some folders, and read only files with these endings"],
    ["find . -newer last -print0 | dupfind scan --files0-from -", "photos from a list"],
  ],
  watch: [
    ["dupfind watch ~/Photos", "until it is stopped by Ctrl-C or a signal"],
    ["dupfind watch /mnt/nas --every 60", "a network drive, which tells nothing of changes"],
  ],
  report: [
    ["dupfind report", "the sets of duplicates, each with the photo to keep"],
    ["dupfind report -o report.html", "the same as a page with pictures"],
    ["dupfind report ~/Phone --plan plan.json", "and what to do with the extras there"],
  ],
  roots: [
    ["dupfind roots", "the folders that are scanned, and when each was last"],
    ["dupfind roots --json", "the same for programs"],
  ],
  status: [
    ["dupfind status", "how much is known, and which files could not be read"],
    ["dupfind status --left-out", "everything that is not compared, with its reason"],
  ],
  prune: [
    ["dupfind prune --dry-run", "which missing photos would be forgotten"],
    ["dupfind prune", "forget them"],
  ],
  forget: [
    ["dupfind forget ~/Downloads --dry-run", "what is known of a folder"],
    ["dupfind forget ~/Downloads", "take it out of the library"],
  ],
  "copy-library": [
    ["dupfind copy-library ~/photos.db postgres://dupfind@nas/photos", "begin to share a library, with all that it knows"],
    ["dupfind copy-library postgres://dupfind@nas/photos ~/photos.db", "take it back into a file"],
  ],
  reindex: [
    ["dupfind reindex --model siglip2-base-patch16-224", "move to another encoder"],
    ["dupfind reindex --model dupfind-lite --rebuild", "compute vectors again, as after drift"],
  ],
  review: [
    ["dupfind review", "go through the duplicates in a browser"],
    ["dupfind review ~/Phone --protect ~/Originals", "of one folder, and keep everything in another"],
  ],
  apply: [
    ["dupfind apply plan.json", "tell what the plan would do"],
    ["dupfind apply plan.json --yes", "move the extras to the trash"],
    ["dupfind apply plan.json --action move --to ~/Extras --yes", "or to a folder"],
  ],
  undo: [
    ["dupfind undo", "bring back what the last run took"],
    ["dupfind undo 3", "or the run of this number"],
  ],
  history: [
    ["dupfind history", "what was done, run by run"],
    ["dupfind history --json", "the same for programs"],
  ],
  "decisions export": [
    ["dupfind decisions export", "write decisions.csv"],
    ["dupfind decisions export -o mine.csv", "or another file"],
  ],
  "decisions import": [
    ["dupfind decisions import decisions.csv", "take over what was decided elsewhere"],
    ["dupfind decisions import labeled.csv --json", "or what was labelled"],
  ],
  embed: [
    ["dupfind embed beach.jpg", "the vector of a photo, as a line of JSON"],
    ["dupfind embed *.jpg --format npy > vectors.npy", "many, for NumPy"],
  ],
  "models list": [
    ["dupfind models list", "which encoders there are, and which are here"],
    ["dupfind models list --json", "the same for programs"],
  ],
  "models pull": [
    ["dupfind models pull clip-vit-base-patch32", "fetch one that also knows words"],
    ["dupfind models pull dinov2-small --endpoint https://mirror.example.org", "from a mirror"],
  ],
  "models verify": [
    ["dupfind models verify", "check every byte of all that are here"],
    ["dupfind models verify sscd", "of one"],
  ],
  "models import": [
    ["dupfind models import ~/models.zip", "install without network"],
    ["dupfind models import ./sscd", "from a folder"],
  ],
  "models compare": [
    ["dupfind models compare --synthetic", "on edits of your own photos"],
    ["dupfind models compare --pairs labeled.csv", "on pairs that you labelled"],
  ],
  "models remove": [
    ["dupfind models remove sscd", "free its room; its vectors stay"],
    ["dupfind models remove sscd --json", "the same for programs"],
  ],
  calibrate: [
    ["dupfind calibrate --synthetic", "the threshold for your photos, without labels"],
    ["dupfind calibrate --pairs labeled.csv --precision 0.995", "from labels, for a precision"],
  ],
  adapt: [
    ["dupfind adapt --pairs labeled.csv", "teach the encoder what you call the same"],
    ["dupfind adapt --pairs labeled.csv --dry-run", "only see whether that would help"],
  ],
  search: [
    ["dupfind search beach.jpg", "the photos most like it"],
    ['dupfind search "a dog on the beach"', "by words, with an encoder that knows some"],
    ['dupfind search beach.jpg --not "people" -k 5', "less what is not wanted"],
  ],
  neighbours: [
    ["dupfind neighbours", "photos that stand alone, and where near-duplicates are"],
    ["dupfind neighbours ~/Photos/2024 -k 50", "in one folder"],
  ],
  drift: [
    ["dupfind drift", "do photos still come to their vectors?"],
    ["dupfind drift --fail-on-drift", "with an exit code, for cron"],
  ],
  label: [
    ["dupfind label --page", "answer which pairs are the same, in a browser"],
    ["dupfind label --count 20 -o labeled.csv", "twenty in the terminal"],
  ],
  map: [
    ["dupfind map -o map.html", "the library as a page to look around in"],
    ["dupfind map -o map.html --no-thumbnails --color folder", "without pictures"],
  ],
  config: [
    ["dupfind config", "what is set beforehand, and where"],
    ["dupfind config --library photos", "with a profile"],
  ],
  doctor: [
    ["dupfind doctor", "is everything there and in order?"],
    ["dupfind doctor --json --strict", "for programs; warnings count too"],
  ],
  completion: [
    ["source <(dupfind completion bash)", "in ~/.bashrc"],
    ["dupfind completion fish > ~/.config/fish/completions/dupfind.fish", "for fish"],
  ],
};

/** A default that is nothing, or that the description names itself, is not told again. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option;
  const saysNothing = defaultValue === undefined || defaultValue === "" || typeof defaultValue === "boolean" || Array.isArray(defaultValue);
  return saysNothing || description.includes("(default") ? description : `${description} (default: ${String(defaultValue)})`;
}

const STYLE: Partial<Help> = { optionDescription, argumentDescription: ({ description }) => description };

/** To be called when all commands are there. */
export function withHelp(program: Command, topics: readonly string[]): void {
  program.configureHelp(STYLE);
  program.helpCommand("help [command or topic]", `help for a command, or on ${topics.join(", ")}`);
  for (const command of leavesOf(program)) {
    command.configureHelp(STYLE);
    command.showHelpAfterError(`Run dupfind ${commandName(command)} --help for its arguments and options.`);
    command.addHelpText("after", () => examplesText(EXAMPLES[commandName(command)] ?? []));
  }
}

function examplesText(examples: (typeof EXAMPLES)[string]): string {
  if (examples.length === 0) return "";
  return `\nExamples:\n${examples.map(([line, purpose]) => `  ${line}\n      ${purpose}`).join("\n")}`;
}
