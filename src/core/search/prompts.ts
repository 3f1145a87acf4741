/**
 * Ways to say what is on a photo. Encoders of pictures and words learnt from captions: a word alone is further from the
 * photos than a sentence that could stand below them.
 */

/** `none`: the words as they are. `photo`: one sentence. `full`: the mean over many sentences. */
export const PROMPTS = {
  none: ["{}"],
  photo: ["a photo of {}"],
  full: [
    "a photo of {}",
    "a picture that shows {}",
    "a snapshot of {}",
    "a holiday photo of {}",
    "{}, seen from close by",
    "{}, seen from far away",
    "a sharp, bright photo of {}",
    "a dark or blurred photo of {}",
    "a black-and-white photo of {}",
    "part of {} in a photo",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PromptChoice = keyof typeof PROMPTS;
export const PROMPT_CHOICES = Object.keys(PROMPTS) as readonly PromptChoice[];

/** The sentences whose vectors' mean stands for the words. */
export function promptsFor(words: string, choice: PromptChoice): readonly string[] {
  return PROMPTS[choice].map((template) => template.replace("{}", () => words));
}
