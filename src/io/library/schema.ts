/**
 * The library's tables. Paths name photos, contents are bytes, embeddings belong to a content and an encoder.
 */

const FIRST_TABLES = `
  -- "model": the encoder that is used where none is named; "looked": version of the look, and key of the encoder whose pairs were looked through
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE encoder (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    model TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    -- embeddings up to this seq are compared with each other
    compared_through INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE content (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    format TEXT NOT NULL,
    taken_at TEXT,
    camera TEXT,
    exif_fields INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE embedding (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    encoder_id INTEGER NOT NULL REFERENCES encoder(id),
    content_id INTEGER NOT NULL REFERENCES content(id),
    detail REAL NOT NULL,
    -- little-endian float32
    vector BLOB NOT NULL,
    UNIQUE (encoder_id, content_id)
  ) STRICT;

  CREATE TABLE pair (
    encoder_id INTEGER NOT NULL REFERENCES encoder(id),
    similarity REAL NOT NULL,
    a INTEGER NOT NULL REFERENCES content(id),
    b INTEGER NOT NULL REFERENCES content(id),
    PRIMARY KEY (encoder_id, similarity, a, b)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE scan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE root (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

  -- in the next four, scan is the last one that met the path
  CREATE TABLE photo (
    path TEXT PRIMARY KEY,
    content_id INTEGER NOT NULL REFERENCES content(id),
    modified_ms REAL NOT NULL,
    file_id TEXT NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0,
    scan INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX photo_by_content ON photo (content_id);

  CREATE TABLE pending (
    path TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    file_id TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE skipped (
    path TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    bytes INTEGER,
    modified_ms REAL,
    -- what could be decoded when it was tried
    attempt TEXT NOT NULL,
    scan INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE side_file (
    path TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL,
    scan INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** A folder is walked again, by another command too, as it was scanned last. */
const ROOT_OPTIONS = `
  -- JSON array of globs
  ALTER TABLE root ADD COLUMN exclude TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE root ADD COLUMN follow_links INTEGER NOT NULL DEFAULT 0;
`;

/** What an encoder's similarities were found to mean, last of all. */
const CALIBRATIONS = `
  CREATE TABLE calibration (
    encoder_id INTEGER PRIMARY KEY REFERENCES encoder(id),
    made_at TEXT NOT NULL,
    -- JSON: core/calibration/saved-calibration.ts
    document TEXT NOT NULL
  ) STRICT;
`;

/** Pictures that tell whether photos still come to the same vectors. */
const CANARIES = `
  CREATE TABLE canary (
    encoder_id INTEGER NOT NULL REFERENCES encoder(id),
    name TEXT NOT NULL,
    -- of the file: jpeg, png, webp, avif, or "pixels" for the encoder's input itself, deflated
    format TEXT NOT NULL,
    file BLOB NOT NULL,
    -- SHA-256 of the encoder's input that the file came to
    pixels_hash TEXT NOT NULL,
    -- RGB of every n-th pixel of it
    sample BLOB NOT NULL,
    -- little-endian float32
    vector BLOB NOT NULL,
    PRIMARY KEY (encoder_id, name, format)
  ) STRICT;

  -- the first of an encoder is the making of its canaries
  CREATE TABLE canary_check (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    encoder_id INTEGER NOT NULL REFERENCES encoder(id),
    checked_at TEXT NOT NULL,
    -- JSON, as are the findings: core/drift/drift.ts
    versions TEXT NOT NULL,
    verdict TEXT NOT NULL,
    findings TEXT NOT NULL
  ) STRICT;
`;

/** What a scan that was broken off, or a folder that was out of reach, leaves to do. */
const UNFINISHED = `
  -- 0 from the beginning of its walk on, until one has come to its end and told of every known photo whether it is there
  ALTER TABLE root ADD COLUMN walked INTEGER NOT NULL DEFAULT 1;
  -- the last one that met the path
  ALTER TABLE pending ADD COLUMN scan INTEGER NOT NULL DEFAULT 0;
`;

/** What tells copies from exposures beside the capture time and the camera: unknown of photos that were read before. */
const EXPOSURES = `
  -- equal only where the decoded pixels are
  ALTER TABLE content ADD COLUMN pixels_hash TEXT;
  ALTER TABLE content ADD COLUMN frame_number INTEGER;
  ALTER TABLE content ADD COLUMN frame_id TEXT;
  -- when and by what the file was written, where no capture time is known
  ALTER TABLE content ADD COLUMN saved_at TEXT;
  ALTER TABLE content ADD COLUMN saved_by TEXT;
`;

/** What tells the camera's file from its copies. Null until a scan has read the photo's header again. */
const MARKS_OF_ORIGINALS = `
  ALTER TABLE content ADD COLUMN bits INTEGER;
  ALTER TABLE content ADD COLUMN has_place INTEGER;
  ALTER TABLE content ADD COLUMN editor INTEGER;
  -- JSON array of what the file holds beside its picture
  ALTER TABLE content ADD COLUMN inside TEXT;
  -- FACTS_VERSION of the dupfind that read the facts
  ALTER TABLE content ADD COLUMN facts_version INTEGER NOT NULL DEFAULT 0;
`;

/** Tells a file that took another one's place, with its size and its time, from the one that was read. */
const CHANGE_TIMES = `
  -- milliseconds since 1970, as modified_ms; NULL where the system keeps no time of change, and for what was met before this column came
  ALTER TABLE photo ADD COLUMN changed_ms REAL;
  ALTER TABLE pending ADD COLUMN changed_ms REAL;
  ALTER TABLE skipped ADD COLUMN changed_ms REAL;
`;

/** What no scan compared although it may be a picture, so that it is told. */
const LEFT_OUT = `
  -- scan is the last one that met the path
  CREATE TABLE left_out (
    path TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    scan INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- photos that show too little are found without reading the vectors beside them
  CREATE INDEX embedding_by_detail ON embedding (encoder_id, detail, content_id);
`;

/** What a look at two pictures saw: a verdict belongs to contents, not to the encoder that proposed them. */
const LOOKS = `
  CREATE TABLE look (
    -- the content with the smaller hash
    one INTEGER NOT NULL REFERENCES content(id),
    other INTEGER NOT NULL REFERENCES content(id),
    -- LOOK_VERSION of the dupfind that looked
    version INTEGER NOT NULL,
    -- JSON: core/look/verdict.ts
    document TEXT NOT NULL,
    PRIMARY KEY (one, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX look_by_other ON look (other);
`;

/** Whether a photo's file is damaged and still shows its picture. Null until a scan has read its header again. */
const DAMAGE = `
  ALTER TABLE content ADD COLUMN whole INTEGER;
`;

/** What each version of the tables adds to the one before: a new library takes all steps, an older one those it lacks. */
export const SCHEMA_STEPS = [
  FIRST_TABLES,
  ROOT_OPTIONS + CALIBRATIONS + CANARIES,
  UNFINISHED,
  EXPOSURES,
  MARKS_OF_ORIGINALS,
  CHANGE_TIMES,
  LEFT_OUT,
  LOOKS,
  DAMAGE,
] as const;
