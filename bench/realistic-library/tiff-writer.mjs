/**
 * Writes TIFF structures: the form that EXIF, DNG and most RAW formats share (TIFF 6.0, section 2).
 */

/**
 * A field of a directory. What its values are follows from its type: text for ASCII, pairs [above, below] for RATIONAL, a
 * directory for IFD, bytes that only their place is told of for DATA, numbers or a Buffer otherwise.
 * @typedef {readonly [tag: number, type: FieldType, value: string | Buffer | readonly number[] | readonly (readonly [number, number])[] | Directory]} Field
 */
/** @typedef {readonly Field[]} Directory */
/** @typedef {"BYTE" | "ASCII" | "SHORT" | "LONG" | "RATIONAL" | "UNDEFINED" | "IFD" | "DATA"} FieldType */

const HEADER = 8;
/** The type's number, and the bytes of one value. */
const TYPES = {
  BYTE: [1, 1],
  ASCII: [2, 1],
  SHORT: [3, 2],
  LONG: [4, 4],
  RATIONAL: [5, 8],
  UNDEFINED: [7, 1],
  IFD: [4, 4],
  DATA: [4, 4],
};

/**
 * @param {Directory} directory the first and only one of its level
 * @param {object} [options]
 * @param {boolean} [options.bigEndian] as Nikon and Apple write it; others begin with the low byte
 * @param {Buffer} [options.mark] bytes between the header and the directory, such as Canon's of a CR2
 * @returns {Buffer}
 */
export function writeTiff(directory, { bigEndian = false, mark = Buffer.alloc(0) } = {}) {
  const write = { 2: bigEndian ? "writeUInt16BE" : "writeUInt16LE", 4: bigEndian ? "writeUInt32BE" : "writeUInt32LE" };
  /** @type {{ at: number, bytes: Buffer }[]} */
  const blocks = [];
  let end = HEADER + mark.length + (mark.length % 2);
  const header = Buffer.alloc(HEADER);
  header.write(bigEndian ? "MM" : "II", "latin1");
  header[write[2]](42, 2);
  header[write[4]](end, 4);
  place(directory);
  const file = Buffer.alloc(end);
  header.copy(file);
  mark.copy(file, HEADER);
  for (const { at, bytes } of blocks) bytes.copy(file, at);
  return file;

  /**
   * @param {Directory} fields
   * @returns {number} where the directory begins
   */
  function place(fields) {
    const sorted = [...fields].sort(([one], [other]) => one - other);
    const table = Buffer.alloc(2 + 12 * sorted.length + 4);
    const at = reserve(table);
    table[write[2]](sorted.length, 0);
    for (const [index, [tag, type, value]] of sorted.entries()) {
      const entry = 2 + 12 * index;
      const values = encode(type, value);
      table[write[2]](tag, entry);
      table[write[2]](TYPES[type][0], entry + 2);
      table[write[4]](values.length / TYPES[type][1], entry + 4);
      if (values.length <= 4) values.copy(table, entry + 8);
      else table[write[4]](reserve(values), entry + 8);
    }
    return at;
  }

  /** Values begin on even places. */
  function reserve(bytes) {
    const at = end;
    blocks.push({ at, bytes });
    end += bytes.length + (bytes.length % 2);
    return at;
  }

  function encode(type, value) {
    if (type === "ASCII") return Buffer.from(`${value}\0`, "latin1");
    if (type === "IFD") return numbers([place(value)], 4);
    if (type === "DATA") return numbers([reserve(value)], 4);
    if (type === "RATIONAL") return numbers(value.flat(), 4);
    return Buffer.isBuffer(value) ? value : numbers(value, TYPES[type][1]);
  }

  function numbers(values, size) {
    const bytes = Buffer.alloc(values.length * size);
    for (const [index, value] of values.entries()) {
      if (size === 1) bytes[index] = value;
      else bytes[write[size]](value, index * size);
    }
    return bytes;
  }
}
