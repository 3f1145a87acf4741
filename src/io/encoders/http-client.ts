/**
 * Asks web servers for files. Only user of the network, and of undici.
 */
import { Agent, type Dispatcher, EnvHttpProxyAgent, fetch, type Response } from "undici";
import { MOST_REDIRECTS, nextAddress } from "../../core/encoders/web-address.ts";
import { UserError } from "../../core/errors.ts";

export type { Response };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface HttpClient {
  /**
   * Follows redirects, each judged.
   * @param from first byte that is wanted; the server may send all the same
   * @throws {UserError} for a redirect that is not followed; the signal's reason, or what the network says
   */
  get(url: string, from: number, signal: AbortSignal): Promise<Response>;
  /** Drops every connection, those that are being made too. */
  close(): Promise<void>;
}

/**
 * @param environment HTTP_PROXY, HTTPS_PROXY and NO_PROXY are honoured, in either case
 * @param patience seconds that connecting may take
 * @throws {UserError} when a proxy is no address
 */
export function createHttpClient(environment: Readonly<Record<string, string | undefined>>, patience: number): HttpClient {
  const dispatcher = createDispatcher(environment, patience);
  return {
    get: (url, from, signal) => get(url, from, signal, dispatcher),
    close: () => dispatcher.destroy(),
  };
}

async function get(url: string, from: number, signal: AbortSignal, dispatcher: Dispatcher): Promise<Response> {
  // A file that is packed for the way could not be gone on with in its middle.
  const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
  const seen = new Set<string>();
  for (let at = url; ; ) {
    seen.add(at);
    const response = await fetch(at, { dispatcher, signal, redirect: "manual", headers });
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const next = nextAddress(at, response.headers.get("location"));
    if ("fault" in next) throw notFollowed(`${at} ${next.fault}`);
    if (seen.has(next.url) || seen.size > MOST_REDIRECTS) throw notFollowed(`${url} redirects in circles`);
    at = next.url;
  }
}

function notFollowed(what: string): UserError {
  return new UserError("redirect-refused", what);
}

function createDispatcher(environment: Readonly<Record<string, string | undefined>>, patience: number): Dispatcher {
  const variable = (name: string) => environment[name.toLowerCase()] ?? environment[name] ?? "";
  const [httpProxy, httpsProxy] = [proxyAddress(variable("HTTP_PROXY")), proxyAddress(variable("HTTPS_PROXY"))];
  // What comes after connecting is timed by whoever reads: undici's own limits begin anew with every byte.
  const limits = { connect: { timeout: patience * 1000 }, headersTimeout: 0, bodyTimeout: 0 };
  // undici calls its proxy agent experimental and says so on standard error: only those who need it see that.
  if (httpProxy === "" && httpsProxy === "") return new Agent(limits);
  return new EnvHttpProxyAgent({ ...limits, httpProxy, httpsProxy, noProxy: variable("NO_PROXY") });
}

/** As curl takes it: "proxy:3128" is one that speaks http. */
function proxyAddress(text: string): string {
  if (text === "") return "";
  const address = text.includes("://") ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)) return address;
  throw new UserError("proxy-address-unusable", `The proxy ${JSON.stringify(text)} is not an http address`);
}
