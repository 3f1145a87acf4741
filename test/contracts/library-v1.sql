-- The first version of the library's tables, as the first program wrote them, with a few rows. Frozen: a change of the
-- program's own tables has no business here.
PRAGMA page_size = 16384;

-- "model": the encoder that is used where none is named
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

INSERT INTO setting VALUES ('model', 'sscd');
INSERT INTO encoder (id, key, model, dimensions, compared_through)
  VALUES (1, '9e0e64fb0d7dcc571f1805f290cfa5c249976e2fb631435e23a4b36ab7398b7a', 'sscd', 2, 2);
INSERT INTO content (id, hash, bytes, width, height, format, taken_at, camera, exif_fields) VALUES
  (1, '654dfb2168e9850704b6a60e4ab8e6306a627148a60411f1dea54b0667a1aabe', 901749, 4217, 2817, 'jpeg', NULL, NULL, 0),
  (2, '6bf36ac4ceb531dadc0d753b08d2e7eddfbbcc7c8077436c54fa9369702e8152', 421081, 2109, 1409, 'jpeg', NULL, NULL, 0);
INSERT INTO embedding (seq, encoder_id, content_id, detail, vector) VALUES
  (1, 1, 1, 0.5, X'0000803F00000000'),
  (2, 1, 2, 0.5, X'9A99193FCDCC4C3F');
INSERT INTO pair VALUES (1, 0.6, 1, 2);
INSERT INTO scan VALUES (1, '2026-11-24T10:00:00.000Z');
INSERT INTO root VALUES ('/photos');
INSERT INTO photo (path, content_id, modified_ms, file_id, missing, scan) VALUES
  ('/photos/shop.jpg', 1, 1000, '1:1', 0, 1),
  ('/photos/shop-small.jpg', 2, 2000, '1:2', 0, 1);
INSERT INTO pending VALUES ('/photos/unread.jpg', 1, 1, '1:3');
INSERT INTO skipped (path, reason, detail, bytes, modified_ms, attempt, scan)
  VALUES ('/photos/broken.jpg', 'damaged', 'cut short', 3000, 1, '1', 1);
INSERT INTO side_file VALUES ('/photos/shop.xmp', 2, 1);

PRAGMA user_version = 1;
