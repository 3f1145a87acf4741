/**
 * XMP as other programs write it, read and extended: nothing of theirs is lost, and nothing that is added breaks it.
 */
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { cleanMetadata, type Metadata, NOTHING_TOLD, tellsNothing } from "../../../src/core/metadata/metadata.ts";
import { parseCaptureTime } from "../../../src/core/photos/exposure.ts";
import { xmlText } from "../../../src/core/text/xml-text.ts";
import { extendXmp, isReadWhole, readXmp, XmpFault } from "../../../src/io/metadata/xmp.ts";

const told = (some: Partial<Metadata>): Metadata => ({ ...NOTHING_TOLD, ...some });
const packet = (descriptions: string) =>
  `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${descriptions}</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
/** As darktable writes it. */
const DARKTABLE = `<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="0"
   darktable:xmp_version="5">
   <dc:subject>
    <rdf:Bag>
     <rdf:li>tower &amp; river</rdf:li>
    </rdf:Bag>
   </dc:subject>
   <darktable:history>
    <rdf:Seq>
     <rdf:li darktable:num="0" darktable:operation="exposure"/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
`;
const ALL = told({
  takenAt: parseCaptureTime("2019-03-21T11:04:22.348+09:30"),
  place: { latitude: -33.8568, longitude: 151.2153 },
  rating: 4,
  caption: "Two\nlines",
  keywords: ["Sydney", "opera"],
  people: ["Ann"],
  albums: ["Australia"],
});

describe("XMP", () => {
  test("that is written anew tells what went into it", () => {
    const text = extendXmp(null, ALL);
    const { place, ...read } = readXmp(text);
    const { place: written, ...rest } = ALL;
    expect(read).toEqual(rest);
    expect(place?.latitude).toBeCloseTo(written?.latitude ?? 0, 6);
    expect(place?.longitude).toBeCloseTo(written?.longitude ?? 0, 6);
    expect(isReadWhole(text)).toBe(true);
    expect(text).toContain("   <exif:DateTimeOriginal>2019-03-21T11:04:22.348+09:30</exif:DateTimeOriginal>\n");
  });

  test("of another program keeps all that it holds", () => {
    const text = extendXmp(DARKTABLE, ALL);
    expect(readXmp(text)).toMatchObject({ rating: 4, keywords: ["tower & river", "Sydney", "opera"], caption: "Two\nlines" });
    for (const own of ['darktable:xmp_version="5"', 'darktable:operation="exposure"', "XMP Core 4.4.0-Exiv2"]) expect(text).toContain(own);
    expect(text.match(/xmp:Rating/g)).toHaveLength(2); // one element: nothing is told twice
    expect(isReadWhole(DARKTABLE)).toBe(false);
  });

  test("is read in every form that it is written in", () => {
    const ns = 'xmlns:e="http://ns.adobe.com/exif/1.0/" xmlns:r="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
    const text = packet(
      `<rdf:Description rdf:about="" ${ns} r:Rating="-1" e:GPSLatitude="48,51,30.24N"><e:GPSLongitude>2,17.67E</e:GPSLongitude></rdf:Description>
       <rdf:Description rdf:about="" ${ns}><dc:description><rdf:Alt><rdf:li xml:lang="de">Turm</rdf:li><rdf:li xml:lang="x-default">Tower</rdf:li></rdf:Alt></dc:description>
       <dc:subject><rdf:Seq><rdf:li>a</rdf:li></rdf:Seq></dc:subject></rdf:Description>`,
    );
    expect(readXmp(text)).toMatchObject({ rating: -1, caption: "Tower", keywords: ["a"], place: { latitude: expect.closeTo(48.8584, 6) } });
    const extended = extendXmp(text, told({ keywords: ["b"] }));
    expect(readXmp(extended).keywords).toEqual(["a", "b"]);
    expect(extended).toContain("<?xpacket end");
  });

  test.each([
    ["markup", `</rdf:li><x y="z">&amp;]]><![CDATA[<!-- " '`],
    ["control characters", "a\u0000b\u0007c\u001bd\uFFFFe\u{10FFFF}f"],
    ["halves of characters", "a\ud800b\udc00c😀"],
    ["direction marks and breaks", "\u202eevil\u2028next\r\nline\rlast"],
    ["much text", "Lorem & <ipsum> ".repeat(20_000)],
  ])("holds %s as text", (_, hostile) => {
    const given = cleanMetadata(told({ caption: hostile, keywords: [hostile, "b"], people: [hostile], albums: [hostile] }));
    for (const before of [null, DARKTABLE]) {
      const text = extendXmp(before, given);
      new DOMParser({ onError: (_level, message) => expect.unreachable(message) }).parseFromString(text, "text/xml");
      expect(readXmp(text)).toMatchObject({ caption: given.caption, people: given.people, albums: given.albums });
      expect(readXmp(text).keywords.slice(-2)).toEqual(given.keywords);
      expect(xmlText(text)).toBe(text.trim());
    }
    expect(given.caption).not.toBe("");
  });

  test.each([
    ["an empty file", ""],
    ["no XML", "Not a sidecar"],
    ["torn XML", DARKTABLE.slice(0, 400)],
    ["XML of another kind", "<html/>"],
    ["a document type", DARKTABLE.replace("<x:xmpmeta", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x:xmpmeta')],
    ["an entity of its own", DARKTABLE.replace("tower", "&secret;")],
  ])("that is %s is refused", (_, text) => {
    expect(() => readXmp(text)).toThrow(XmpFault);
    expect(() => extendXmp(text, ALL)).toThrow(XmpFault);
  });

  test("that tells nothing is nothing, and is extended all the same", () => {
    expect(tellsNothing(readXmp(packet("")))).toBe(true);
    expect(readXmp(extendXmp(packet(""), told({ rating: 5 }))).rating).toBe(5);
  });

  test("that repeats what a program notes of its own work is read whole", () => {
    const text = packet(
      '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmp:MetadataDate="2020-01-01T00:00:00" xmpMM:DocumentID="1" xmp:Rating="2"/>',
    );
    expect(isReadWhole(text)).toBe(true);
    expect(isReadWhole(text.replace("xmp:MetadataDate", "xmp:Label"))).toBe(false);
  });
});
