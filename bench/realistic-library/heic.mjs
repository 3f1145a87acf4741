/**
 * Cuts new HEIC photos out of a phone's: such a file is a grid of tiles that are coded one by one, so some of them make a
 * smaller picture without an encoder for HEVC (ISO/IEC 23008-12, section 6.6.2.3.2).
 */
import { box } from "./companion-files.mjs";

const TILES_A_SIDE = 2;
const GRID_ID = 100;
const EXIF_ID = 101;

/**
 * @param {Buffer} heic
 * @returns {(readonly { readonly column: number, readonly row: number }[])} the pictures that can be cut from it, none of
 *   which shares a tile with another; none where the file is no grid
 */
export function heicCuts(heic) {
  const grid = readGrid(heic);
  if (grid === null) return [];
  const places = [];
  for (let row = 0; row < grid.rows; row += TILES_A_SIDE)
    for (let column = 0; column < grid.columns; column += TILES_A_SIDE) places.push({ column, row });
  return places;
}

/**
 * @param {Buffer} heic
 * @param {{ readonly column: number, readonly row: number }} place one of `heicCuts`
 * @param {Buffer} exif of the new photo
 * @returns {Buffer}
 */
export function cutHeic(heic, { column, row }, exif) {
  const grid = readGrid(heic);
  if (grid === null) throw new TypeError("Expected a HEIC whose picture is a grid of tiles");
  const [columns, rows] = [Math.min(TILES_A_SIDE, grid.columns - column), Math.min(TILES_A_SIDE, grid.rows - row)];
  const width = Math.min(columns * grid.tile, grid.width - column * grid.tile);
  const height = Math.min(rows * grid.tile, grid.height - row * grid.tile);
  const tiles = [];
  for (let y = row; y < row + rows; y++) for (let x = column; x < column + columns; x++) tiles.push(grid.tileData(y * grid.columns + x));
  const descriptor = Buffer.from([0, 0, rows - 1, columns - 1, width >> 8, width & 255, height >> 8, height & 255]);
  const exifItem = Buffer.concat([Buffer.from([0, 0, 0, 6]), Buffer.from("Exif\0\0", "latin1"), exif]);
  return assemble(grid.properties, tiles, { width, height, tile: grid.tile }, descriptor, exifItem);
}

function assemble({ colour, decoder }, tiles, { width, height, tile }, descriptor, exifItem) {
  const ids = tiles.map((_, index) => index + 1);
  const items = [...ids.map((id) => item(id, "hvc1", 1)), item(GRID_ID, "grid", 0), item(EXIF_ID, "Exif", 1)];
  const references = [reference("dimg", GRID_ID, ids), reference("cdsc", EXIF_ID, [GRID_ID])];
  // Properties by number: colour, decoder, size of a tile, size of the whole.
  const properties = box("ipco", colour, decoder, extents(tile, tile), extents(width, height));
  const associations = [...ids.map((id) => associate(id, [0x81, 0x82, 3])), associate(GRID_ID, [0x81, 4])];
  const associationBox = full("ipma", 0, Buffer.concat([number(associations.length, 4), ...associations]));
  const data = [...tiles, descriptor, exifItem];
  const allIds = [...ids, GRID_ID, EXIF_ID];
  const head = box("ftyp", Buffer.from("heic\0\0\0\0mif1heic", "latin1"));
  // The places of the data depend on how long the table of places is, which does not depend on them.
  const length = head.length + metaWith(0).length + 8;
  return Buffer.concat([head, metaWith(length), box("mdat", ...data)]);

  function metaWith(begin) {
    let at = begin;
    const places = data.map((bytes, index) => {
      const place = Buffer.concat([number(allIds[index], 2), number(0, 2), number(1, 2), number(at, 4), number(bytes.length, 4)]);
      at += bytes.length;
      return place;
    });
    return full(
      "meta",
      0,
      Buffer.concat([
        full("hdlr", 0, Buffer.concat([number(0, 4), Buffer.from("pict"), Buffer.alloc(13)])),
        full("pitm", 0, number(GRID_ID, 2)),
        full("iinf", 0, Buffer.concat([number(items.length, 2), ...items])),
        full("iref", 0, Buffer.concat(references)),
        box("iprp", properties, associationBox),
        full("iloc", 0, Buffer.concat([Buffer.from([0x44, 0]), number(places.length, 2), ...places])),
      ]),
    );
  }
}

const item = (id, type, hidden) =>
  full("infe", 2, Buffer.concat([number(id, 2), number(0, 2), Buffer.from(`${type}\0`, "latin1")]), hidden);
const reference = (type, from, to) => box(type, number(from, 2), number(to.length, 2), ...to.map((id) => number(id, 2)));
const extents = (width, height) => full("ispe", 0, Buffer.concat([number(width, 4), number(height, 4)]));
const associate = (id, properties) => Buffer.concat([number(id, 2), Buffer.from([properties.length, ...properties])]);

function full(type, version, payload, flags = 0) {
  return box(type, Buffer.from([version, 0, 0, flags]), payload);
}

function number(value, size) {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(value, 0, size);
  return bytes;
}

/** Reads as much as a phone's own files need: one grid of square tiles, one extent a tile. */
function readGrid(heic) {
  const meta = findBox(heic, 0, heic.length, "meta");
  if (meta === null) return null;
  const inMeta = (type) => findBox(heic, meta.from + 4, meta.to, type);
  const [idat, references, locations, iprp] = ["idat", "iref", "iloc", "iprp"].map(inMeta);
  if (idat === null || references === null || locations === null || iprp === null) return null;
  const tileIds = findBox(heic, references.from + 4, references.to, "dimg");
  const ipco = findBox(heic, iprp.from, iprp.to, "ipco");
  if (tileIds === null || ipco === null || heic[locations.from + 4] !== 0x44) return null;
  const [colour, decoder, size] = ["colr", "hvcC", "ispe"].map((type) => findBox(heic, ipco.from, ipco.to, type));
  const first = heic.readUInt16BE(tileIds.from + 4);
  const places = readPlaces(heic, locations.from);
  return {
    rows: heic[idat.from + 2] + 1,
    columns: heic[idat.from + 3] + 1,
    width: heic.readUInt16BE(idat.from + 4),
    height: heic.readUInt16BE(idat.from + 6),
    tile: heic.readUInt32BE(size.from + 4),
    properties: { colour: heic.subarray(colour.from - 8, colour.to), decoder: heic.subarray(decoder.from - 8, decoder.to) },
    tileData(index) {
      const { at, length } = places.get(first + index);
      return heic.subarray(at, at + length);
    },
  };
}

function readPlaces(heic, from) {
  const places = new Map();
  const version = heic[from];
  let at = from + 8;
  for (let left = heic.readUInt16BE(from + 6); left > 0; left--) {
    const id = heic.readUInt16BE(at);
    at += version === 0 ? 4 : 6;
    const extentsHere = heic.readUInt16BE(at);
    places.set(id, { at: heic.readUInt32BE(at + 2), length: heic.readUInt32BE(at + 6) });
    at += 2 + 8 * extentsHere;
  }
  return places;
}

function findBox(bytes, begin, end, wanted) {
  for (let at = begin; at + 8 <= end; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === wanted) return { from: at + 8, to: at + length };
    if (length < 8) return null;
    at += length;
  }
  return null;
}
