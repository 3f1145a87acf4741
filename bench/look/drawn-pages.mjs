/**
 * Pages and screens: forms whose layout is one draw and whose content is another.
 */
import { between, escaped, oneOf, svg } from "./picture.mjs";
import { MENU } from "./words.mjs";

/** @typedef {(layout: () => number, content: import("./words.mjs").Content) => string} Page gives SVG; the layout is drawn before any content is */

/** @type {Readonly<Record<string, Page>>} */
export const PAPERS = { receipt, ticket, invoice, letter, table, timetable };
/** @type {Readonly<Record<string, Page>>} */
export const SCREENS = { chat, code, bank, settings, article };

const FONTS = ["DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "DejaVu Sans Condensed"];
const SHOPS = ["NORDSEE MARKT", "Café Lindenhof", "BAKERY & SONS", "TOOL STATION 24", "Pharmacie du Pont", "LA ESQUINA", "KIOSK AM TOR"];
const COLOURS = ["#1a6fb5", "#2a6f5e", "#8a2a5e", "#b5521a", "#444b57"];

function receipt(layout, content) {
  const [font, shop, size] = [oneOf(layout, FONTS.slice(0, 2)), oneOf(layout, SHOPS), between(layout, 20, 26)];
  const lines = 6 + Math.floor(layout() * 10);
  const page = sheet(620, 560 + lines * size * 1.6, font, size);
  page.middle(shop, 1.7);
  page.middle(`Hauptstr. ${Math.floor(layout() * 99)}, 10${Math.floor(layout() * 999)} Berlin`);
  page.middle(`VAT ID DE ${Math.floor(layout() * 1e9)}`);
  page.rule();
  page.row(content.date("date"), content.time("time"));
  page.row(`No. ${content.digits("number", 6)}`, `Till ${content.digits("till", 1)}`);
  page.rule();
  for (let at = 0; at < lines; at++) page.row(content.words(`item ${at}`, 1, 2), content.sum(`price ${at}`, 40));
  page.rule();
  page.row("TOTAL EUR", content.sum("total", 300), 1.4);
  page.row("19 % VAT", content.sum("tax", 40));
  page.row("Cash", content.sum("cash", 400));
  page.rule();
  page.middle("Thank you for your visit");
  page.middle("Goods may be returned within 14 days");
  return page.drawn();
}

function ticket(layout, content) {
  const [font, colour] = [oneOf(layout, FONTS), oneOf(layout, COLOURS)];
  const place = (name) => escaped(content.words(name, 1)).toUpperCase();
  const cells = ["Date", "Departs", "Gate", "Seat", "Class"].map((label, at) => {
    const value = [content.date("date"), content.time("departs"), `B${content.digits("gate", 2)}`, `${content.digits("seat", 2)}C`, "2"][
      at
    ];
    return `<text x="${50 + at * 200}" y="370" font-size="22" fill="#666">${label}</text><text x="${50 + at * 200}" y="420" font-size="36">${value}</text>`;
  });
  return svg(
    1400,
    600,
    `<rect width="1400" height="600" fill="#fff"/><rect width="1400" height="110" fill="${colour}"/><g font-family="${font}"><text x="50" y="75" font-size="54" fill="#fff">${escaped(oneOf(layout, SHOPS))} LINES</text>
    <text x="50" y="180" font-size="24" fill="#666">Passenger</text><text x="50" y="230" font-size="40">${escaped(content.words("passenger", 2))}</text>
    <text x="650" y="230" font-size="40">${place("from")} → ${place("to")}</text>${cells.join("")}${bars(content, 50, 460, 900, 90)}
    <path d="M1080 110V600" stroke="#999" stroke-dasharray="12 8"/><text x="1120" y="200" font-size="28">${place("from")}</text><text x="1120" y="250" font-size="28">${place("to")}</text><text x="1120" y="320" font-size="28">${content.date("date")}</text><text x="1120" y="500" font-size="24">${content.digits("code", 8)}</text></g>`,
  );
}

function invoice(layout, content) {
  const size = between(layout, 18, 22);
  const page = sheet(1000, 1414, oneOf(layout, FONTS), size);
  page.row(oneOf(layout, SHOPS), "INVOICE", 2);
  page.rule();
  page.row("Bill to", `Invoice no. ${content.digits("number", 5)}`);
  page.row(content.words("name", 2), `Date ${content.date("date")}`);
  page.row(content.words("street", 2), `Due ${content.date("due")}`);
  page.space(2);
  page.row("Description", "Amount", 1.1);
  page.rule();
  const lines = 7 + Math.floor(layout() * 6);
  for (let at = 0; at < lines; at++) page.row(content.words(`item ${at}`, 2, 6), content.sum(`price ${at}`, 900));
  page.rule();
  page.row("Subtotal", content.sum("subtotal", 3000));
  page.row("VAT", content.sum("tax", 600));
  page.row("Total", content.sum("total", 4000), 1.4);
  page.space(3);
  page.text("Please pay within 30 days to the account named below. Goods remain ours until they are paid for.");
  page.row("IBAN DE00 1234 5678 9012 3456 78", "BIC ABCDEF00");
  return page.drawn();
}

function letter(layout, content) {
  const page = sheet(1000, 1414, oneOf(layout, FONTS), between(layout, 18, 23));
  page.middle(content.words("title", 3, 5), 1.8);
  page.space(1);
  for (let at = 0; at < 6; at++) {
    page.text(content.words(`paragraph ${at}`, 45, 70));
    page.space(0.6);
  }
  page.middle(`– ${content.digits("page", 2)} –`);
  return page.drawn();
}

function table(layout, content) {
  const [columns, rows] = [5 + Math.floor(layout() * 4), 16 + Math.floor(layout() * 8)];
  const [width, high, shade] = [1600 / columns, 42, oneOf(layout, ["#eef3fa", "#f3f3ee", "#fff"])];
  const cells = [];
  for (let row = 0; row < rows; row++) {
    if (row % 2 === 1) cells.push(`<rect y="${row * high}" width="1600" height="${high}" fill="${shade}"/>`);
    for (let column = 0; column < columns; column++) {
      const text =
        row === 0
          ? ["Name", "Q1", "Q2", "Q3", "Q4", "Sum", "Share", "Plan", "Left"][column]
          : column === 0
            ? content.words(`name ${row}`, 1, 2)
            : content.sum(`${row}, ${column}`, 9000);
      cells.push(
        `<text x="${column * width + 12}" y="${row * high + 29}" font-weight="${row === 0 ? "bold" : "normal"}">${escaped(text)}</text>`,
      );
    }
  }
  const rules = Array.from({ length: columns }, (_, at) => `<path d="M${at * width} 0V${rows * high}" stroke="#bbb"/>`);
  return svg(
    1600,
    rows * high,
    `<rect width="100%" height="100%" fill="#fff"/><g font-family="${oneOf(layout, FONTS)}" font-size="20">${cells.join("")}</g>${rules.join("")}`,
  );
}

function timetable(layout, content) {
  const hours = 8;
  const colour = oneOf(layout, COLOURS);
  const cells = [];
  for (let day = 0; day < 5; day++) {
    cells.push(`<text x="${170 + day * 210}" y="60" font-weight="bold">${["Mon", "Tue", "Wed", "Thu", "Fri"][day]}</text>`);
    for (let hour = 0; hour < hours; hour++) {
      if (content.share(`busy ${day}, ${hour}`) < 0.3) continue;
      cells.push(
        `<rect x="${110 + day * 210}" y="${90 + hour * 100}" width="195" height="88" fill="${colour}" fill-opacity="${0.15 + 0.25 * content.share(`shade ${day}, ${hour}`)}"/><text x="${120 + day * 210}" y="${130 + hour * 100}">${escaped(content.words(`${day}, ${hour}`, 1, 2))}</text><text x="${120 + day * 210}" y="${162 + hour * 100}" font-size="17">room ${content.digits(`room ${day}, ${hour}`, 3)}</text>`,
      );
    }
  }
  const times = Array.from(
    { length: hours },
    (_, at) => `<text x="20" y="${140 + at * 100}">${8 + at}:00</text><path d="M100 ${84 + at * 100}H1160" stroke="#ccc"/>`,
  );
  return svg(
    1180,
    920,
    `<rect width="100%" height="100%" fill="#fff"/><g font-family="${oneOf(layout, FONTS)}" font-size="21">${times.join("")}${cells.join("")}</g>`,
  );
}

function chat(layout, content) {
  const colour = oneOf(layout, COLOURS);
  const bubbles = [];
  let y = 250;
  for (let at = 0; y < 1900; at++) {
    const mine = content.share(`mine ${at}`) < 0.5;
    const lines = folded(content.words(`message ${at}`, 2, 24), 30);
    const high = lines.length * 48 + 70;
    const x = mine ? 330 : 40;
    bubbles.push(
      `<rect x="${x}" y="${y}" width="710" height="${high}" rx="26" fill="${mine ? "#d8f2d0" : "#fff"}"/>${lines.map((line, row) => `<text x="${x + 30}" y="${y + 56 + row * 48}">${escaped(line)}</text>`).join("")}<text x="${x + 600}" y="${y + high - 16}" font-size="24" fill="#777">${content.time(`time ${at}`)}</text>`,
    );
    y += high + 24;
  }
  return screen(
    colour,
    "#ece5dc",
    escaped(content.words("name", 1, 2)),
    content,
    bubbles.join(""),
    `<rect y="2030" width="1080" height="130" fill="#fff"/><rect x="40" y="2050" width="860" height="90" rx="45" fill="#eee"/><circle cx="990" cy="2095" r="48" fill="${colour}"/>`,
  );
}

function code(layout, content) {
  const dark = layout() < 0.6;
  const indent = [];
  for (let at = 0; at < 34; at++) indent.push(Math.min(4, Math.floor(layout() * 5)));
  const colours = dark ? ["#9cdcfe", "#c586c0", "#ce9178", "#dcdcaa"] : ["#0a4a8a", "#7a1a7a", "#a0401a", "#555"];
  const lines = indent.map((deep, at) => {
    const words = content
      .words(`line ${at}`, 1, 6)
      .split(" ")
      .filter((word) => word !== "");
    const shown = words
      .map(
        (word, place) =>
          `<tspan fill="${colours[(at + place) % colours.length]}">${escaped(word)}${["(", ".", " = ", ", "][(place + at) % 4]}</tspan>`,
      )
      .join("");
    return `<text x="20" y="${34 + at * 29}" fill="#888">${at + 1}</text><text x="${80 + deep * 36}" y="${34 + at * 29}" xml:space="preserve">${shown}<tspan fill="${colours[2]}">${content.digits(`number ${at}`, 2)};</tspan></text>`;
  });
  return svg(
    1400,
    1020,
    `<rect width="100%" height="100%" fill="${dark ? "#1e1e1e" : "#fff"}"/><g font-family="DejaVu Sans Mono" font-size="22">${lines.join("")}</g>`,
  );
}

function bank(layout, content) {
  const colour = oneOf(layout, COLOURS);
  const rows = Array.from({ length: 13 }, (_, at) => {
    const y = 560 + at * 112;
    return `<circle cx="90" cy="${y + 20}" r="34" fill="${COLOURS[at % COLOURS.length]}" fill-opacity="0.5"/><text x="150" y="${y + 14}">${escaped(content.words(`payee ${at}`, 1, 3))}</text><text x="150" y="${y + 52}" font-size="26" fill="#777">${content.date(`date ${at}`)}</text><text x="1030" y="${y + 30}" text-anchor="end">−${content.sum(`sum ${at}`, 400)} €</text>`;
  });
  return screen(
    colour,
    "#fafafa",
    "My account",
    content,
    `<text x="540" y="330" text-anchor="middle" font-size="40" fill="#666">Balance</text><text x="540" y="430" text-anchor="middle" font-size="84">${content.sum("balance", 9000)} €</text>${rows.join("")}`,
    "",
  );
}

function settings(layout, content) {
  const colour = oneOf(layout, COLOURS);
  const labels = MENU[content.language] ?? MENU.en;
  const order = labels.slice(1);
  const turn = Math.floor(layout() * order.length);
  const rows = [...order.slice(turn), ...order.slice(0, turn)].map((label, at) => {
    const y = 260 + at * 140;
    return `<rect x="50" y="${y - 30}" width="70" height="70" rx="16" fill="${COLOURS[(at + turn) % COLOURS.length]}"/><text x="160" y="${y + 18}">${escaped(label)}</text><path d="M1010 ${y - 16}l18 18l-18 18" fill="none" stroke="#999" stroke-width="5"/><path d="M160 ${y + 70}H1080" stroke="#ddd" stroke-width="2"/>`;
  });
  return screen(colour, "#fff", escaped(labels[0]), content, rows.join(""), "");
}

function article(layout, content) {
  const colour = oneOf(layout, COLOURS);
  const lines = folded(content.words("text", 90, 110), 46).slice(0, 22);
  const title = folded(content.words("title", 6, 9), 26);
  return screen(
    colour,
    "#fff",
    "THE DAILY",
    content,
    `${title.map((line, at) => `<text x="50" y="${290 + at * 76}" font-size="62" font-weight="bold">${escaped(line)}</text>`).join("")}<text x="50" y="520" font-size="30" fill="#777">${content.date("date")} · ${content.digits("minutes", 1)} min</text>
    <rect x="50" y="560" width="980" height="380" fill="${COLOURS[Math.floor(layout() * 5)]}" fill-opacity="0.3"/>${lines.map((line, at) => `<text x="50" y="${1010 + at * 48}" font-size="34">${escaped(line)}</text>`).join("")}`,
    "",
  );
}

/** Status bar, title bar, what is in between, and what lies at the foot. */
function screen(colour, background, title, content, inside, foot) {
  return svg(
    1080,
    2160,
    `<rect width="1080" height="2160" fill="${background}"/><g font-family="DejaVu Sans" font-size="34">${inside}<rect width="1080" height="190" fill="${colour}"/><text x="50" y="56" fill="#fff" font-size="30">${content.time("clock")}</text><text x="960" y="56" fill="#fff" font-size="30">${content.digits("battery", 2)} %</text><text x="50" y="150" fill="#fff" font-size="52">${title}</text>${foot}</g>`,
  );
}

/** A page that is filled from above. */
function sheet(width, height, font, size) {
  const parts = [];
  const margin = width * 0.08;
  let y = size * 3;
  const write = (x, anchor, text, scale) =>
    parts.push(`<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size * scale}">${escaped(text)}</text>`);
  return {
    middle(text, scale = 1) {
      write(width / 2, "middle", text, scale);
      y += size * 1.6 * scale;
    },
    row(left, right, scale = 1) {
      write(margin, "start", left, scale);
      write(width - margin, "end", right, scale);
      y += size * 1.6 * scale;
    },
    text(text) {
      for (const line of folded(text, Math.floor((width - 2 * margin) / (size * 0.62)))) {
        write(margin, "start", line, 1);
        y += size * 1.5;
      }
    },
    rule() {
      parts.push(`<path d="M${margin} ${y - size * 0.7}H${width - margin}" stroke="#222" stroke-width="2"/>`);
      y += size * 0.8;
    },
    space(lines) {
      y += size * 1.5 * lines;
    },
    drawn: () => svg(width, height, `<rect width="100%" height="100%" fill="#fff"/><g font-family="${font}">${parts.join("")}</g>`),
  };
}

/** A bar code. */
function bars(content, x, y, width, height) {
  const lines = [];
  for (let at = 0; at < width; ) {
    const wide = 3 + Math.floor(content.share(`bar ${at}`) * 4) * 2;
    lines.push(`<rect x="${x + at}" y="${y}" width="${wide}" height="${height}"/>`);
    at += wide + 4 + Math.floor(content.share(`gap ${at}`) * 3) * 3;
  }
  return lines.join("");
}

/** @param {string} text @param {number} most characters a line @returns {string[]} */
function folded(text, most) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last.length + word.length + 1 > most) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines;
}
