/**
 * The shared library's tables: those of the library's file, in PostgreSQL's types. Their versions are counted apart from the file's.
 */

/** Paths and hashes are compared by their bytes, as everywhere in dupfind, and not as the server's language sorts. */
const FIRST_TABLES = `
  CREATE TABLE setting (name text PRIMARY KEY, value text NOT NULL);

  CREATE TABLE encoder (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key text COLLATE "C" NOT NULL UNIQUE,
    model text NOT NULL,
    dimensions integer NOT NULL,
    -- embeddings up to this seq are compared with each other
    compared_through bigint NOT NULL DEFAULT 0
  );

  CREATE TABLE content (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash text COLLATE "C" NOT NULL UNIQUE,
    bytes bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    format text NOT NULL,
    taken_at text,
    camera text,
    frame_number double precision,
    frame_id text,
    saved_at text,
    saved_by text,
    pixels_hash text,
    exif_fields integer NOT NULL,
    bits integer,
    has_place boolean,
    editor boolean,
    -- JSON array of what the file holds beside its picture
    inside text,
    whole boolean,
    -- FACTS_VERSION of the dupfind that read the facts
    facts_version integer NOT NULL
  );

  CREATE TABLE embedding (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    encoder_id bigint NOT NULL REFERENCES encoder(id),
    content_id bigint NOT NULL REFERENCES content(id),
    detail double precision NOT NULL,
    -- little-endian float32
    vector bytea NOT NULL,
    UNIQUE (encoder_id, content_id)
  );
  -- vectors are digits of noise: to compress them is work for nothing
  ALTER TABLE embedding ALTER COLUMN vector SET STORAGE EXTERNAL;
  CREATE INDEX embedding_by_content ON embedding (content_id);
  CREATE INDEX embedding_in_order ON embedding (encoder_id, seq);
  CREATE INDEX embedding_by_detail ON embedding (encoder_id, detail, content_id);

  CREATE TABLE pair (
    encoder_id bigint NOT NULL REFERENCES encoder(id),
    similarity double precision NOT NULL,
    a bigint NOT NULL REFERENCES content(id),
    b bigint NOT NULL REFERENCES content(id),
    PRIMARY KEY (encoder_id, similarity, a, b)
  );
  CREATE INDEX pair_by_a ON pair (a);
  CREATE INDEX pair_by_b ON pair (b);

  -- embeddings behind from_seq and up to through_seq, while a worker compares them with all before; done up to done_seq
  CREATE TABLE comparison (
    encoder_id bigint NOT NULL REFERENCES encoder(id),
    from_seq bigint NOT NULL,
    through_seq bigint NOT NULL,
    done_seq bigint NOT NULL,
    worker integer,
    PRIMARY KEY (encoder_id, from_seq)
  );

  -- numbers of workers, each a process that takes pieces of work from those that are to be done
  CREATE SEQUENCE worker_number AS integer CYCLE;

  CREATE TABLE scan (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at text NOT NULL
  );

  CREATE TABLE root (
    path text COLLATE "C" PRIMARY KEY,
    -- JSON array of globs
    exclude text NOT NULL,
    follow_links boolean NOT NULL,
    -- false from the beginning of its walk on, until one has come to its end and told of every known photo whether it is there
    walked boolean NOT NULL
  );

  -- in the next five, scan is the last one that met the path
  CREATE TABLE photo (
    path text COLLATE "C" PRIMARY KEY,
    content_id bigint NOT NULL REFERENCES content(id),
    modified_ms double precision NOT NULL,
    changed_ms double precision,
    file_id text NOT NULL,
    missing boolean NOT NULL,
    scan bigint NOT NULL
  );
  CREATE INDEX photo_by_content ON photo (content_id);

  CREATE TABLE pending (
    path text COLLATE "C" PRIMARY KEY,
    bytes bigint NOT NULL,
    modified_ms double precision NOT NULL,
    changed_ms double precision,
    file_id text NOT NULL,
    scan bigint NOT NULL,
    -- number of the worker that reads it; NULL for none
    worker integer
  );

  CREATE TABLE skipped (
    path text COLLATE "C" PRIMARY KEY,
    reason text NOT NULL,
    detail text NOT NULL,
    bytes bigint,
    modified_ms double precision,
    changed_ms double precision,
    -- what could be decoded when it was tried
    attempt text NOT NULL,
    scan bigint NOT NULL
  );

  CREATE TABLE side_file (
    path text COLLATE "C" PRIMARY KEY,
    bytes bigint NOT NULL,
    scan bigint NOT NULL
  );

  CREATE TABLE left_out (
    path text COLLATE "C" PRIMARY KEY,
    reason text NOT NULL,
    scan bigint NOT NULL
  );

  CREATE TABLE calibration (
    encoder_id bigint PRIMARY KEY REFERENCES encoder(id),
    made_at text NOT NULL,
    -- JSON: core/calibration/saved-calibration.ts
    document text NOT NULL
  );

  CREATE TABLE canary (
    encoder_id bigint NOT NULL REFERENCES encoder(id),
    name text NOT NULL,
    format text NOT NULL,
    file bytea NOT NULL,
    pixels_hash text NOT NULL,
    sample bytea NOT NULL,
    vector bytea NOT NULL,
    PRIMARY KEY (encoder_id, name, format)
  );

  CREATE TABLE canary_check (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    encoder_id bigint NOT NULL REFERENCES encoder(id),
    checked_at text NOT NULL,
    -- JSON, as are the findings: core/drift/drift.ts
    versions text NOT NULL,
    verdict text NOT NULL,
    findings text NOT NULL
  );

  CREATE TABLE look (
    -- the content with the smaller hash
    one bigint NOT NULL REFERENCES content(id),
    other bigint NOT NULL REFERENCES content(id),
    -- LOOK_VERSION of the dupfind that looked
    version integer NOT NULL,
    -- JSON: core/look/verdict.ts
    document text NOT NULL,
    PRIMARY KEY (one, other)
  );
  CREATE INDEX look_by_other ON look (other);
`;

/** What each version adds to the one before: a new library takes all steps, an older one those it lacks. */
export const SERVER_SCHEMA_STEPS = [FIRST_TABLES] as const;
