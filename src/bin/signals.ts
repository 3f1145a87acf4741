/**
 * Signals: the first one asks the program to finish what is under way, the second ends it at once. A terminal that is closed may tell
 * it twice, the shell and then the system: to hear of that again is no second wish.
 */
import { fstatSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { StopReason } from "../core/process-edge.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const satisfies readonly StopReason[];

/**
 * @param onFirst called at the first signal, with its name
 * @returns fires at the first signal, with its name as the reason
 */
export function listenForSignals(onFirst: (signal: StopReason) => void): AbortSignal {
  const stop = new AbortController();
  const listeners = SIGNALS.map((signal) => {
    const isIgnored = signal === "SIGHUP" && ignoresHangUp();
    const listener = isIgnored ? () => {} : () => take(signal);
    process.on(signal, listener);
    return { signal, listener, isIgnored };
  });
  return stop.signal;

  function take(signal: StopReason): void {
    if (stop.signal.aborted) {
      if (!isHungUpAgain(signal)) endAtOnce(signal);
      return;
    }
    stop.abort(signal);
    onFirst(signal);
    // From here on the system itself ends the program, also while its main thread is busy; what has come already is heard first.
    setImmediate(unlisten);
  }

  function isHungUpAgain(signal: StopReason): boolean {
    return signal === "SIGHUP" && stop.signal.reason === "SIGHUP";
  }

  function unlisten(): void {
    for (const { signal, listener, isIgnored } of listeners) if (!isIgnored && !isHungUpAgain(signal)) process.off(signal, listener);
  }

  /**
   * As if no one had listened. `process.exit` is no way out: it waits for threads and tears them down while native code runs in
   * them, which then aborts the whole process.
   */
  function endAtOnce(signal: StopReason): void {
    unlisten();
    process.kill(process.pid, signal);
  }
}

/**
 * Whether the program was started with SIGHUP ignored, as by nohup. Node gives each signal its default back before any script runs
 * (`PlatformInit` in its node.cc), so that its own /proc/self/status no longer tells: what nohup leaves behind has to.
 */
function ignoresHangUp(): boolean {
  // bash, zsh and ksh name the program they start here.
  return basename(process.env["_"] ?? "") === "nohup" || readsFromNohup() || parentIgnoresHangUp();
}

/** Where standard input was a terminal, nohup of GNU puts there a /dev/null that is open for writing alone. */
function readsFromNohup(): boolean {
  try {
    return fstatSync(0).isCharacterDevice() && /^flags:\s*\d*1$/m.test(readFileSync("/proc/self/fdinfo/0", "utf8"));
  } catch {
    return false; // standard input is closed, or the system has no /proc
  }
}

/** A shell that was told `trap '' HUP`, or runs under nohup itself, hands that on to all it starts. */
function parentIgnoresHangUp(): boolean {
  try {
    const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${process.ppid}/status`, "utf8"))?.[1] ?? "0";
    return (BigInt(`0x${ignored}`) & 1n) === 1n; // SIGHUP is signal 1, the lowest bit
  } catch {
    return false; // the parent is gone, or the system has no /proc
  }
}
