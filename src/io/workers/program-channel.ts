/**
 * The process's side of one that works for the program: what it is asked, and what it tells. It ends with the program, whatever it is doing.
 */
import { default as own } from "node:process";

/** @param hear called with all that the program says */
export function listen<Heard>(hear: (message: Heard) => void): void {
  /** A terminal sends them to every process that it started; when to end is the program's to say, by ending the connection. */
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) own.on(signal, () => {});
  // Not by `exit`, which waits for every thread.
  own.on("disconnect", () => own.kill(own.pid, "SIGKILL"));
  own.on("message", (message) => hear(message as Heard));
}

export function tell(message: object): void {
  own.send?.(message);
}
