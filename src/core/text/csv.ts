/**
 * Lines of CSV as RFC 4180 has them.
 */

/** One line, ended by CRLF; fields are quoted where they have to be. */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(",")}\r\n`;
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
