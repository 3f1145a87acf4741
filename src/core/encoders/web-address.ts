/**
 * Addresses to fetch from: the mirror that a user names, and where a server may send a fetch on to.
 */
import { UserError } from "../errors.ts";

/** More than any hub and its stores take. */
export const MOST_REDIRECTS = 10;

/**
 * @param text as the user gave it
 * @throws {UserError} when it is not where files could be fetched from
 */
export function parseEndpoint(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && `${url.username}${url.password}${url.search}${url.hash}` === "") return text;
  throw new UserError(
    "mirror-address-unusable",
    `A mirror must be an http or https address without a password or a query, got ${JSON.stringify(text)}`,
  );
}

/**
 * The next address. Another host is as good as the first, because every file is checked against its hash; but who asked in
 * private is not sent on in the open, and nothing but the web is asked.
 * @param location header of the answer, null where it has none
 * @returns the address, or in words that follow the first one's what is wrong with it
 */
export function nextAddress(from: string, location: string | null): { readonly url: string } | { readonly fault: string } {
  if (location === null || !URL.canParse(location, from)) return { fault: "redirects to nowhere" };
  const next = new URL(location, from);
  if (next.username !== "" || next.password !== "") return { fault: "redirects to an address with a password" };
  if (next.protocol === "https:" || next.protocol === new URL(from).protocol) return { url: next.href };
  if (next.protocol === "http:") return { fault: `redirects from https to ${next.href}, which anyone on the way could read` };
  return { fault: `redirects to ${next.protocol} instead of http or https` };
}
