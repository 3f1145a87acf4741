/**
 * The row of an encoder, looked up when it is first asked for: a store is opened without waiting for the server.
 */
import type { ChosenEncoder } from "../../core/encoders/ports.ts";
import type { Server } from "./server.ts";

/** No row has this id: an encoder that has embedded nothing here, in a library that is only read. */
export const NO_ENCODER = 0;

export type EncoderId = () => Promise<number>;

interface IdRow {
  readonly id: number;
}

/** @returns the id, or `NO_ENCODER` */
export async function knownEncoderId(server: Server, { key }: Pick<ChosenEncoder, "key">): Promise<number> {
  const row = await server.row<IdRow>("SELECT id FROM encoder WHERE key = $1", [key]);
  return row?.id ?? NO_ENCODER;
}

/** Makes the row where there is none and the library may be written to. */
export function encoderIdOf(server: Server, encoder: ChosenEncoder): EncoderId {
  let found: number | null = null;
  return async () => {
    if (found !== null) return found;
    const known = await knownEncoderId(server, encoder);
    const id = known === NO_ENCODER && !server.isReadOnly ? await makeRow(server, encoder) : known;
    if (id !== NO_ENCODER) found = id;
    return id;
  };
}

async function makeRow(server: Server, { key, spec }: ChosenEncoder): Promise<number> {
  await server.transaction((changes) =>
    changes.change("INSERT INTO encoder (key, model, dimensions) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING", [
      key,
      spec.id,
      spec.image.dimensions,
    ]),
  );
  return knownEncoderId(server, { key });
}
