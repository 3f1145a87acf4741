/**
 * Puts metadata into a JPEG, and films behind it, without touching a pixel.
 */

const SOI = Buffer.from([0xff, 0xd8]);
const XMP_HEAD = "http://ns.adobe.com/xap/1.0/\0";

/**
 * @param {Buffer} jpeg without metadata
 * @param {Buffer} exif a TIFF structure
 * @returns {Buffer}
 */
export function withExif(jpeg, exif) {
  return insert(jpeg, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif]));
}

/**
 * A motion photo as Pixel phones write it: EXIF, a word in XMP, and the film behind the picture.
 * @param {Buffer} jpeg without metadata
 * @param {Buffer} exif
 * @param {Buffer} film
 */
export function withFilmInside(jpeg, exif, film) {
  return Buffer.concat([withExif(withXmp(jpeg, containerOf("MotionPhoto", "video/mp4", film.length)), exif), film]);
}

/**
 * An Ultra HDR picture: the gain map is a second JPEG behind the first.
 * @param {Buffer} jpeg without metadata
 * @param {Buffer} exif
 * @param {Buffer} gainMap a JPEG
 */
export function withGainMap(jpeg, exif, gainMap) {
  const map = withXmp(
    gainMap,
    '<rdf:Description xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" hdrgm:GainMapMax="2.3"/>',
  );
  return Buffer.concat([withExif(withXmp(jpeg, containerOf("GainMap", "image/jpeg", map.length)), exif), map]);
}

function withXmp(jpeg, description) {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${description}</rdf:RDF></x:xmpmeta>`;
  return insert(jpeg, Buffer.from(XMP_HEAD + packet, "latin1"));
}

/** Google's list of what one file holds. */
function containerOf(semantic, mime, length) {
  const motion = semantic === "MotionPhoto" ? ' GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1"' : ' hdrgm:Version="1.0"';
  const item = (kind, type, size) =>
    `<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="${type}" Item:Semantic="${kind}" Item:Length="${size}" Item:Padding="0"/></rdf:li>`;
  const spaces = [
    'xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"',
    'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/"',
    'xmlns:Container="http://ns.google.com/photos/1.0/container/"',
    'xmlns:Item="http://ns.google.com/photos/1.0/container/item/"',
  ];
  const items = item("Primary", "image/jpeg", 0) + item(semantic, mime, length);
  return `<rdf:Description ${spaces.join(" ")}${motion}><Container:Directory><rdf:Seq>${items}</rdf:Seq></Container:Directory></rdf:Description>`;
}

/** An APP1 segment right behind the first mark, where cameras write it. */
function insert(jpeg, payload) {
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([SOI, head, payload, jpeg.subarray(SOI.length)]);
}
