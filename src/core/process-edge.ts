/**
 * What passes between the process and the rest: why it is asked to stop, and what became of what was written.
 */
export type StopReason = "SIGINT" | "SIGTERM" | "SIGHUP";

/** What became of written text: taken, unread because its reader went away, or refused by the system, with its word ("ENOSPC"). */
export type Delivery = { readonly kind: "taken" | "unread" } | { readonly kind: "refused"; readonly code: string };
