/**
 * Answers the page of a review until a plan is written, or a signal ends it.
 */
import { UserError } from "../../core/errors.ts";
import { type ChoiceReply, type PlanReply, SETS_A_PAGE } from "../../core/review/review-view.ts";
import { openPage } from "../../io/pages/open-page.ts";
import { readPageAssets } from "../../io/pages/page-assets.ts";
import type { PageServer } from "../../io/pages/page-server.ts";
import { ReviewPictures } from "../../io/review/review-pictures.ts";
import { type PictureSize, type ReviewQuestion, startReviewServer } from "../../io/review/review-server.ts";
import { errorCode } from "../../io/system-errors.ts";
import type { Chosen, ReviewSession } from "../../pipeline/review/review-session.ts";
import { renderReviewPage } from "../../render/review/review-page.ts";
import { viewSet } from "../../render/review/review-view.ts";
import { faultText, usageFault } from "../faults.ts";
import type { Host } from "../host.ts";

/** What is written, and what to tell of it. */
export interface WrittenPlan<Plan> {
  readonly plan: Plan;
  readonly text: string;
  readonly command: string;
}

interface Serving {
  readonly port: number;
  readonly opener: string | null;
}

/**
 * @param write makes and writes the plan; where it throws a known fault the review goes on
 * @returns null where it was stopped before a plan was written
 */
export async function serveReview<Plan>(
  session: ReviewSession,
  write: () => Promise<WrittenPlan<Plan>>,
  { port, opener }: Serving,
  host: Host,
): Promise<Plan | null> {
  const pictures = new ReviewPictures();
  let server: PageServer | null = null;
  try {
    return await new Promise<Plan | null>((resolve, reject) => {
      const plan = async (): Promise<PlanReply> => {
        try {
          const written = await write();
          setImmediate(() => resolve(written.plan)); // once the answer is on its way
          return { fault: null, text: written.text, command: written.command };
        } catch (error) {
          return { fault: knownFault(error) };
        }
      };
      const parts = {
        page: renderReviewPage,
        assets: readPageAssets("review"),
        sets: (start: number | null) => {
          const progress = session.progress();
          const from = start ?? progress.next ?? 0;
          const sets = session.page(from, SETS_A_PAGE).map((reviewed) => viewSet(reviewed, host.workingFolder));
          return { sets, progress };
        },
        set: (number: number, keeper: number) => {
          const reviewed = session.at(number);
          const isThere = reviewed !== null && keeper < reviewed.set.members.length;
          return isThere ? viewSet({ ...reviewed, keeper }, host.workingFolder) : null;
        },
        picture: async (number: number, member: number, size: PictureSize) => {
          const path = session.at(number)?.set.members[member]?.photo.path;
          return path === undefined ? null : pictures.of(path, size);
        },
        choose: async (question: ReviewQuestion): Promise<ChoiceReply> => {
          try {
            return reply(session, await carryOut(session, question), host);
          } catch (error) {
            return reply(session, { refused: knownFault(error) }, host);
          }
        },
        plan,
        onFault: reject,
      };
      startReviewServer(parts, port).then(
        (started) => {
          server = started;
          if (host.stop.aborted) return resolve(null);
          host.stop.addEventListener("abort", () => resolve(null), { once: true });
          host.writeError(
            `Review at ${started.url}\nThe page works on this machine only, until you write the plan or press Ctrl-C here.\n`,
          );
          if ((opener ?? (host.isTerminal ? "" : "none")) !== "none") openPage(opener, started.url, () => {});
        },
        (error) => reject(portFault(error, port)),
      );
    });
  } finally {
    await (server as PageServer | null)?.close();
    await pictures.close();
  }
}

function carryOut(session: ReviewSession, question: ReviewQuestion): Promise<Chosen> {
  switch (question.ask) {
    case "choose":
      return session.choose(question.set, question.choice, question.keeper);
    case "alike":
      return session.chooseAlike(question.set);
    case "undo":
      return session.undo();
  }
}

function reply(session: ReviewSession, chosen: Chosen, host: Host): ChoiceReply {
  const progress = session.progress();
  if (chosen.refused !== null) return { fault: chosen.refused, set: null, progress, changed: 0, alike: 0 };
  const reviewed = session.at(chosen.number);
  const set = reviewed === null ? null : viewSet(reviewed, host.workingFolder);
  return { fault: null, set, progress, changed: chosen.changed, alike: session.alikeTo(chosen.number).length };
}

/** In words; what is none goes on to whoever hears of bugs. */
function knownFault(error: unknown): string {
  if (error instanceof UserError) return faultText(error).trim();
  throw error;
}

function portFault(error: unknown, port: number): unknown {
  if (port === 0 || !["EADDRINUSE", "EACCES"].includes(errorCode(error))) return error;
  return usageFault(`Port ${port} cannot be used (${errorCode(error)})`, "Name another with --port, or none for a free one");
}
