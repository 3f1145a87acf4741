/**
 * `dupfind help <topic>`: pages of the guide, as the package carries them.
 */
import { readFile } from "node:fs/promises";
import { packageFile } from "../io/package-files.ts";

export { isTopic } from "./topic-names.ts";

import { TOPICS, type Topic, type TopicName } from "./topic-names.ts";

/** As Markdown, which reads well enough as it is; links are shown by their words. */
export async function topicText(name: TopicName): Promise<string> {
  const { page, section }: Topic = TOPICS[name];
  const text = await readFile(packageFile(page), "utf8");
  const shown = section === null ? text : sectionOf(text, section);
  return `${shown.replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").trim()}\n`;
}

/** From its heading to the next of the same rank. */
function sectionOf(text: string, title: string): string {
  const [, found = ""] = text.split(new RegExp(`^(?=## ${title}$)`, "m"));
  return found.split(/^(?=## )/m)[0] ?? "";
}
