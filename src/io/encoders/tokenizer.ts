/**
 * Words to token ids, by a model's own tokenizer.json. Only importer of its package.
 */
import { readFile } from "node:fs/promises";
import { Tokenizer } from "@huggingface/tokenizers";

/** @returns ids with the model's special tokens, neither cut nor filled up */
export type Tokenize = (words: string) => readonly number[];

/** @throws when the file is no tokenizer's */
export async function openTokenizer(file: string): Promise<Tokenize> {
  const tokenizer = new Tokenizer(JSON.parse(await readFile(file, "utf8")), {});
  return (words) => tokenizer.encode(words).ids;
}
