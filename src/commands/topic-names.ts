/**
 * What `dupfind help` tells of beside commands, and where it is written.
 */

export interface Topic {
  readonly page: string;
  /** Of the one section that is meant; null for the page. */
  readonly section: string | null;
}

export const TOPICS = {
  classes: { page: "docs/guide/report.md", section: "Classes" },
  thresholds: { page: "docs/guide/report.md", section: "Thresholds" },
  keepers: { page: "docs/guide/report.md", section: "Keepers" },
  scanning: { page: "docs/guide/scan.md", section: null },
  "shared-libraries": { page: "docs/guide/shared-library.md", section: null },
  "cleaning-up": { page: "docs/guide/clean-up.md", section: null },
  encoders: { page: "docs/guide/models.md", section: null },
  formats: { page: "docs/guide/formats.md", section: null },
  configuration: { page: "docs/guide/configure.md", section: null },
  environment: { page: "docs/reference/environment.md", section: null },
  "exit-codes": { page: "docs/reference/exit-codes.md", section: null },
} as const satisfies Readonly<Record<string, Topic>>;

export type TopicName = keyof typeof TOPICS;

export const TOPIC_NAMES = Object.keys(TOPICS) as readonly TopicName[];

export function isTopic(name: string): name is TopicName {
  return name in TOPICS;
}
