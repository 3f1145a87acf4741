import { VolumePaths } from "../../src/core/library/volumes.ts";
import { VolumeLibrary } from "../../src/pipeline/library/volume-library.ts";
import { describeLibrary } from "../library-port.contract.ts";
import { MemoryLibrary } from "./memory-library.ts";

const VOLUMES = new VolumePaths([
  { name: "nas", folder: "/photos" },
  { name: "disk", folder: "/elsewhere" },
]);

describeLibrary("in memory, of photos in volumes", () => new VolumeLibrary(new MemoryLibrary(), VOLUMES));
