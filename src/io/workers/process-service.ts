/**
 * The process's side of a `ProcessPool`: one request in, its steps and one answer out.
 */
import { UserError } from "../../core/errors.ts";
import type { ProcessMessage } from "./process-pool.ts";
import { listen, tell } from "./program-channel.ts";

/** @param limitMs that it may take until the next step, or the answer */
export type OnStep<Step> = (step: Step, limitMs: number) => void;
export type Handle<Request, Step, Response> = (request: Request, onStep: OnStep<Step>) => Promise<Response>;

/** @param load what answers, with all that it takes */
export function serveSteps<Request, Step, Response>(load: () => Promise<Handle<Request, Step, Response>>): void {
  const say = (message: ProcessMessage<Step, Response>) => tell(message);
  const loading = load();
  loading.then(
    () => say({ kind: "ready" }),
    (error: unknown) => {
      if (error instanceof UserError) say({ kind: "unfit", fault: error.fault, message: error.message });
      else say(bug(error));
    },
  );
  listen<Request>(async (request) => {
    const handle = await loading.catch(() => null);
    if (handle === null) return;
    try {
      say({ kind: "answer", response: await handle(request, (step, limitMs) => say({ kind: "step", step, limitMs })) });
    } catch (error) {
      say(bug(error));
    }
  });
}

function bug(error: unknown): ProcessMessage<never, never> {
  return { kind: "bug", stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
