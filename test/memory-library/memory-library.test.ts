import { describeLibrary } from "../library-port.contract.ts";
import { MemoryLibrary } from "./memory-library.ts";

describeLibrary("in memory", () => new MemoryLibrary());
