/**
 * XMP (ISO 16684-1) as this program reads and extends it. Only user of xmldom: names are told by their namespaces, whatever their prefixes,
 * and whatever a sidecar holds beside what is known here stays in it.
 */
import { DOMParser, type Document, type Element, type Node, XMLSerializer } from "@xmldom/xmldom";
import { type Metadata, NOTHING_TOLD, type Place } from "../../core/metadata/metadata.ts";
import { isoCaptureTime } from "../../core/photos/capture-time.ts";
import { parseCaptureTime } from "../../core/photos/exposure.ts";

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML = "http://www.w3.org/XML/1998/namespace";
const XMLNS = "http://www.w3.org/2000/xmlns/";
const XMP = "http://ns.adobe.com/xap/1.0/";
const EXIF = "http://ns.adobe.com/exif/1.0/";
const DC = "http://purl.org/dc/elements/1.1/";
const MEDIA = "http://ns.adobe.com/xap/1.0/mm/";
const PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";

interface Name {
  readonly space: string;
  /** With the prefix that it has where it is new. */
  readonly qualified: string;
}

const name = (space: string, qualified: string): Name => ({ space, qualified });
const TAKEN = name(EXIF, "exif:DateTimeOriginal");
const LATITUDE = name(EXIF, "exif:GPSLatitude");
const LONGITUDE = name(EXIF, "exif:GPSLongitude");
const RATING = name(XMP, "xmp:Rating");
const CAPTION = name(DC, "dc:description");
const KEYWORDS = name(DC, "dc:subject");
const PEOPLE = name("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "Iptc4xmpExt:PersonInImage");
/** What digiKam and catalogues before it call the albums of a photo. */
const ALBUMS = name("http://ns.iview-multimedia.com/mediapro/1.0/", "mediapro:CatalogSets");
const READ: readonly Name[] = [TAKEN, LATITUDE, LONGITUDE, RATING, CAPTION, KEYWORDS, PEOPLE, ALBUMS];
/** What counts where the capture time is missing. */
const ELSE_TAKEN: readonly Name[] = [
  name(EXIF, "exif:DateTimeDigitized"),
  name(XMP, "xmp:CreateDate"),
  name(PHOTOSHOP, "photoshop:DateCreated"),
];
/** Also notes of the program on its own work. */
const OF_NO_LOSS: readonly Name[] = [
  ...ELSE_TAKEN,
  name(EXIF, "exif:GPSVersionID"),
  name(EXIF, "exif:GPSMapDatum"),
  ...["ModifyDate", "MetadataDate", "CreatorTool"].map((local) => name(XMP, `xmp:${local}`)),
];

/** The text is no XMP. */
export class XmpFault extends Error {
  override readonly name = "XmpFault";
}

/** @throws {XmpFault} where it is none */
export function readXmp(text: string): Metadata {
  const rdf = rdfOf(parse(text));
  const single = (property: Name) => valuesOf(rdf, property)[0] ?? "";
  const rating = single(RATING).trim();
  return {
    takenAt: [TAKEN, ...ELSE_TAKEN].map((property) => parseCaptureTime(single(property))).find((time) => time !== null) ?? null,
    place: placeOf(single(LATITUDE), single(LONGITUDE)),
    rating: rating === "" ? null : Math.round(Number(rating)) || null,
    caption: single(CAPTION) || null,
    keywords: valuesOf(rdf, KEYWORDS),
    people: valuesOf(rdf, PEOPLE),
    albums: valuesOf(rdf, ALBUMS),
  };
}

/** Whether it tells nothing but what `readXmp` reads. @throws {XmpFault} where it is none */
export function isReadWhole(text: string): boolean {
  const known = (node: { readonly namespaceURI: string | null; readonly localName: string | null }) =>
    [RDF, XML, XMLNS, MEDIA].includes(node.namespaceURI ?? "") ||
    node.namespaceURI === null ||
    [...READ, ...OF_NO_LOSS].some((property) => isNamed(node, property));
  const isPlain = (description: Element) => attributesOf(description).every(known) && elementsIn(description).every(known);
  const rdf = rdfOf(parse(text));
  return elementsIn(rdf).length === descriptionsOf(rdf).length && descriptionsOf(rdf).every(isPlain);
}

/**
 * The sidecar and these things as well; what it tells stays.
 * @param text of the sidecar that is there; null for a new one
 * @param added clean, see `core/text/xml-text.ts`
 * @throws {XmpFault} where it is no XMP
 */
export function extendXmp(text: string | null, added: Metadata): string {
  const document = parse(text ?? NEW);
  const rdf = rdfOf(document);
  const write = new XmpWriter(document, rdf);
  if (added.takenAt !== null) write.single(TAKEN, isoCaptureTime(added.takenAt));
  if (added.place !== null) {
    write.single(LATITUDE, degreesText(added.place.latitude, "N", "S"));
    write.single(LONGITUDE, degreesText(added.place.longitude, "E", "W"));
  }
  if (added.rating !== null) write.single(RATING, String(added.rating));
  if (added.caption !== null) write.alternative(CAPTION, added.caption);
  write.list(KEYWORDS, added.keywords);
  write.list(PEOPLE, added.people);
  write.list(ALBUMS, added.albums);
  return `${new XMLSerializer().serializeToString(document).trimEnd()}\n`;
}

const NEW = `<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="${RDF}">
  <rdf:Description rdf:about="">
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
`;

/** Writes properties into the first description. */
class XmpWriter {
  readonly #document: Document;
  readonly #rdf: Element;

  constructor(document: Document, rdf: Element) {
    this.#document = document;
    this.#rdf = rdf;
  }

  single(property: Name, value: string): void {
    this.#fresh(property).appendChild(this.#document.createTextNode(value));
  }

  /** A text in the language that readers show where they know of none. */
  alternative(property: Name, value: string): void {
    const item = this.#item(value);
    item.setAttributeNS(XML, "xml:lang", "x-default");
    this.#container(this.#fresh(property), "rdf:Alt", [item]);
  }

  /** Behind what the list has. */
  list(property: Name, values: readonly string[]): void {
    if (values.length === 0) return;
    const items = values.map((value) => this.#item(value));
    const list = containersOf(this.#rdf, property)[0];
    if (list === undefined) {
      const known = valuesOf(this.#rdf, property).map((value) => this.#item(value));
      this.#container(this.#fresh(property), "rdf:Bag", [...known, ...items]);
    } else for (const item of items) this.#append(list, item, 5);
  }

  /** An empty element of the property in the place of those there are, which told nothing. */
  #fresh(property: Name): Element {
    for (const description of descriptionsOf(this.#rdf)) {
      for (const old of attributesOf(description)) if (isNamed(old, property)) description.removeAttributeNode(old);
      for (const old of elementsIn(description)) if (isNamed(old, property)) description.removeChild(old);
    }
    const element = this.#document.createElementNS(property.space, property.qualified);
    const description = this.#description();
    const prefix = property.qualified.slice(0, property.qualified.indexOf(":"));
    // Declared there, as others do it, and on the element itself where the prefix stands for something else.
    if (description.lookupNamespaceURI(prefix) === null) description.setAttributeNS(XMLNS, `xmlns:${prefix}`, property.space);
    this.#append(description, element, 3);
    return element;
  }

  #description(): Element {
    const [first] = descriptionsOf(this.#rdf);
    if (first !== undefined) return first;
    const made = this.#document.createElementNS(RDF, "rdf:Description");
    made.setAttributeNS(RDF, "rdf:about", "");
    this.#append(this.#rdf, made, 2);
    return made;
  }

  #item(value: string): Element {
    const item = this.#document.createElementNS(RDF, "rdf:li");
    item.appendChild(this.#document.createTextNode(value));
    return item;
  }

  #container(element: Element, kind: "rdf:Alt" | "rdf:Bag", items: readonly Element[]): void {
    const container = this.#document.createElementNS(RDF, kind);
    for (const item of items) this.#append(container, item, 5);
    this.#append(element, container, 4);
  }

  /** On a line of its own. */
  #append(parent: Element, child: Element, depth: number): void {
    const last = parent.lastChild;
    const indented = (by: number) => this.#document.createTextNode(`\n${" ".repeat(by)}`);
    if (last !== null && last.nodeType === last.TEXT_NODE && (last.nodeValue ?? "").trim() === "") parent.removeChild(last);
    parent.appendChild(indented(depth));
    parent.appendChild(child);
    parent.appendChild(indented(depth - 1));
  }
}

/** A document type could name files and entities of its own: no XMP has one. */
function parse(text: string): Document {
  if (/<!DOCTYPE/i.test(text)) throw new XmpFault("it has a document type");
  try {
    const strict = (level: string, message: string) => {
      if (level !== "warning") throw new XmpFault(message);
    };
    return new DOMParser({ onError: strict }).parseFromString(text.replace(/^\uFEFF/, ""), "text/xml");
  } catch (error) {
    throw error instanceof XmpFault ? error : new XmpFault((error as Error).message, { cause: error });
  }
}

function rdfOf(document: Document): Element {
  const rdf = document.getElementsByTagNameNS(RDF, "RDF")[0];
  if (rdf === undefined) throw new XmpFault("it has no RDF");
  return rdf;
}

function descriptionsOf(rdf: Element): readonly Element[] {
  return elementsIn(rdf).filter(({ namespaceURI, localName }) => namespaceURI === RDF && localName === "Description");
}

function elementsOf(rdf: Element, property: Name): readonly Element[] {
  return descriptionsOf(rdf).flatMap((description) => elementsIn(description).filter((element) => isNamed(element, property)));
}

function containersOf(rdf: Element, property: Name): readonly Element[] {
  return elementsOf(rdf, property)
    .flatMap(elementsIn)
    .filter(({ namespaceURI, localName }) => namespaceURI === RDF && ["Bag", "Seq", "Alt"].includes(localName ?? ""));
}

/** Of a list its items; of alternatives the one for every reader first. */
function valuesOf(rdf: Element, property: Name): readonly string[] {
  const attributes = descriptionsOf(rdf).flatMap((description) => attributesOf(description).filter((one) => isNamed(one, property)));
  const isDefault = (item: Element) => item.getAttributeNS(XML, "lang") === "x-default";
  const values = elementsOf(rdf, property).flatMap((element) => {
    const items = elementsIn(element).flatMap(elementsIn);
    if (items.length === 0) return [element.textContent ?? ""];
    return [...items.filter(isDefault), ...items.filter((item) => !isDefault(item))].map((item) => item.textContent ?? "");
  });
  return [...attributes.map(({ value }) => value), ...values].map((value) => value.trim()).filter((value) => value !== "");
}

function isNamed(node: { readonly namespaceURI: string | null; readonly localName: string | null }, { space, qualified }: Name): boolean {
  return node.namespaceURI === space && node.localName === qualified.slice(qualified.indexOf(":") + 1);
}

function elementsIn(parent: Element): Element[] {
  return [...parent.childNodes].filter((node: Node): node is Element => node.nodeType === node.ELEMENT_NODE);
}

function attributesOf(element: Element) {
  return [...element.attributes];
}

/** "48,51.504000N": degrees and minutes of one side. */
function degreesText(degrees: number, above: string, below: string): string {
  const minutes = (Math.abs(degrees) * 60).toFixed(6);
  const whole = Math.floor(Number(minutes) / 60);
  return `${whole},${(Number(minutes) - whole * 60).toFixed(6)}${degrees < 0 ? below : above}`;
}

/** "48,51.504N", or "48,51,30N" with seconds. */
function degreesOf(text: string): number | null {
  const [, degrees, minutes, seconds = "0", side] =
    /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$/i.exec(text.trim()) ?? [];
  if (degrees === undefined || minutes === undefined || side === undefined) return null;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return /[SW]/i.test(side) ? -value : value;
}

function placeOf(latitudeText: string, longitudeText: string): Place | null {
  const [latitude, longitude] = [degreesOf(latitudeText), degreesOf(longitudeText)];
  return latitude === null || longitude === null ? NOTHING_TOLD.place : { latitude, longitude };
}
