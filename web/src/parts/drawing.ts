import { wrapped } from './wrapping';

/** A picture on the page, drawn once more as one SVG that stands alone: colours, font and captions are written into it. */
export interface Caption { title: string; finding?: string; units?: string; source?: string }
export interface Drawing { text: string; width: number; height: number }

const NS = 'http://www.w3.org/2000/svg';
const PAD = 24;
const PAINTED = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'dominant-baseline', 'paint-order'];
const FONT = "'Inter Variable', Inter, system-ui, sans-serif";
/** Where a line of text has its baseline, as a share of its box: the ascent of the font. */
const BASELINE = 0.8;

interface Sheet { into: SVGElement; x: number; y: number; far: { right: number; bottom: number }; hatch: string; clip: { right: number; bottom: number } }

export function drawing(root: HTMLElement, caption: Caption): Drawing {
  const from = root.getBoundingClientRect();
  const svg = made('svg', {});
  const body = made('g', {});
  const far = { right: from.width, bottom: 0 };
  const paper = getComputedStyle(document.documentElement);
  const colour = (name: string) => paper.getPropertyValue(name).trim();
  const hatch = made('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, [made('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: colour('--hatch'), 'stroke-width': 2 })]);
  for (const child of root.childNodes) draw(child, { into: body, x: from.left, y: from.top, far, hatch: 'url(#hatch)', clip: { right: Infinity, bottom: Infinity } });
  const width = Math.ceil(far.right + 2 * PAD);
  let y = PAD;
  const words: SVGElement[] = [];
  const say = (text: string | undefined, size: number, weight: number, ink: string) => {
    if (!text) return;
    for (const line of wrapped(text, `${weight} ${size}px ${FONT}`, width - 2 * PAD)) {
      y += Math.round(size * 1.4);
      words.push(made('text', { x: PAD, y: y - size * 0.3, fill: ink, 'font-size': size, 'font-weight': weight, 'font-family': FONT }, [line]));
    }
  };
  say(caption.title, 16, 620, colour('--ink'));
  say(caption.finding, 13, 400, colour('--ink-2'));
  y += 12;
  body.setAttribute('transform', `translate(${PAD},${y})`);
  y += Math.ceil(far.bottom) + 10;
  say([caption.units, caption.source].filter(Boolean).join(' · '), 12, 400, colour('--ink-3'));
  const height = Math.ceil(y + PAD);
  for (const [name, value] of Object.entries({ xmlns: NS, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': caption.title })) svg.setAttribute(name, String(value));
  svg.append(made('defs', {}, [hatch]), made('rect', { width, height, fill: colour('--paper') }), ...words, body);
  return { text: new XMLSerializer().serializeToString(svg), width, height };
}

function made(tag: string, attributes: Record<string, string | number>, inside: (Node | string)[] = []): SVGElement {
  const node = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...inside);
  return node;
}

/** An element and all in it, where it stands on the page. */
function draw(node: Node, sheet: Sheet): void {
  if (node instanceof Text) return drawText(node, sheet);
  if (!(node instanceof Element)) return;
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden' || style.clipPath.startsWith('inset') || (node as HTMLElement).dataset?.taken === 'no') return;
  const box = node.getBoundingClientRect();
  const at = { x: box.left - sheet.x, y: box.top - sheet.y, width: box.width, height: box.height };
  if (box.width > 0 && box.height > 0) {
    sheet.far.right = Math.max(sheet.far.right, at.x + Math.min(at.width, node.scrollWidth || at.width));
    sheet.far.bottom = Math.max(sheet.far.bottom, at.y + at.height);
  }
  if (node instanceof SVGSVGElement) {
    const turned = style.transform.startsWith('matrix(-1'); // drawn the other way round
    const copy = cloned(node, turned ? { ...at, x: -at.x - at.width } : at);
    return void sheet.into.append(turned ? made('g', { transform: 'scale(-1,1)' }, [copy]) : copy);
  }
  const into = Number(style.opacity) < 1 ? made('g', { opacity: style.opacity }) : sheet.into;
  if (into !== sheet.into) sheet.into.append(into);
  drawBox(style, at, into, sheet.hatch);
  const clip = style.overflowX === 'hidden' ? { right: Math.min(sheet.clip.right, box.right), bottom: Math.min(sheet.clip.bottom, box.bottom) } : sheet.clip;
  for (const child of node.childNodes) draw(child, { ...sheet, into, clip });
}

function drawBox(style: CSSStyleDeclaration, at: { x: number; y: number; width: number; height: number }, into: SVGElement, hatch: string): void {
  const rx = Math.min(parseFloat(style.borderTopLeftRadius) || 0, at.height / 2);
  const shape = (more: Record<string, string | number>) => into.append(made('rect', { ...at, rx, ...more }));
  if (seen(style.backgroundColor)) shape({ fill: plain(style.backgroundColor) });
  if (style.backgroundImage.includes('repeating-linear-gradient')) shape({ fill: hatch });
  const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({ side, width: parseFloat(style[`border${side}Width`]) || 0, colour: style[`border${side}Color`], kind: style[`border${side}Style`] }));
  const drawn = sides.filter((one) => one.width > 0 && one.kind !== 'none' && seen(one.colour));
  if (drawn.length === 4) return shape({ fill: 'none', stroke: plain(drawn[0].colour), 'stroke-width': drawn[0].width, ...(drawn[0].kind === 'dashed' ? { 'stroke-dasharray': '4 3' } : {}) });
  for (const { side, width, colour } of drawn) {
    const [right, bottom] = [at.x + at.width, at.y + at.height];
    const ends = { Top: [at.x, at.y, right, at.y], Bottom: [at.x, bottom, right, bottom], Left: [at.x, at.y, at.x, bottom], Right: [right, at.y, right, bottom] }[side];
    into.append(made('line', { x1: ends[0], y1: ends[1], x2: ends[2], y2: ends[3], stroke: plain(colour), 'stroke-width': width }));
  }
}

/** Each line of a text where the browser set it; what an ellipsis hides is cut. */
function drawText(node: Text, sheet: Sheet): void {
  const parent = node.parentElement;
  if (!node.data.trim() || !parent) return;
  const style = getComputedStyle(parent);
  const ink = { fill: plain(style.color), 'font-size': style.fontSize, 'font-weight': style.fontWeight, 'font-family': FONT };
  if (style.writingMode.startsWith('vertical')) return drawUpright(node, sheet, ink);
  for (const { text, box } of lines(node)) {
    if (box.top + box.height / 2 > sheet.clip.bottom) continue;
    const room = sheet.clip.right - box.left;
    const keep = box.width > room + 1 ? `${text.slice(0, Math.max(0, Math.floor((text.length * room) / box.width) - 1))}…` : text;
    sheet.far.right = Math.max(sheet.far.right, Math.min(box.right, sheet.clip.right) - sheet.x);
    sheet.far.bottom = Math.max(sheet.far.bottom, box.bottom - sheet.y);
    sheet.into.append(made('text', { x: box.left - sheet.x, y: box.top - sheet.y + box.height * BASELINE, ...ink }, [keep]));
  }
}

/** A text that reads upwards. */
function drawUpright(node: Text, sheet: Sheet, ink: Record<string, string>): void {
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getBoundingClientRect();
  const room = node.parentElement?.getBoundingClientRect() ?? box;
  const [x, y] = [box.left - sheet.x + box.width * BASELINE, Math.min(box.bottom, room.bottom) - sheet.y];
  const text = node.data.trim();
  const keep = box.height > room.height + 1 ? `${text.slice(0, Math.max(1, Math.floor((text.length * room.height) / box.height) - 1))}…` : text;
  sheet.into.append(made('text', { x, y, transform: `rotate(-90 ${x} ${y})`, ...ink }, [keep]));
}

function lines(node: Text): { text: string; box: DOMRect }[] {
  const range = document.createRange();
  const found: { text: string; box: DOMRect }[] = [];
  const add = (from: number, to: number) => {
    const [start, text] = [from + node.data.slice(from, to).search(/\S|$/), node.data.slice(from, to).trim()];
    range.setStart(node, start); range.setEnd(node, start + text.length);
    const box = range.getBoundingClientRect();
    if (text && box.width) found.push({ text: text.replace(/\s+/g, ' '), box });
  };
  range.selectNodeContents(node);
  if (range.getClientRects().length < 2) { add(0, node.length); return found; }
  let [start, top] = [0, NaN];
  for (const letter of node.data.matchAll(/\S/g)) {
    range.setStart(node, letter.index); range.setEnd(node, letter.index + 1);
    const here = range.getBoundingClientRect().top;
    if (Number.isNaN(top)) [start, top] = [letter.index, here];
    else if (Math.abs(here - top) > 3) { add(start, letter.index); [start, top] = [letter.index, here]; }
  }
  add(start, node.length);
  return found;
}

function cloned(svg: SVGSVGElement, at: { x: number; y: number; width: number; height: number }): SVGElement {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const [from, to] = [[svg, ...svg.querySelectorAll('*')], [copy, ...copy.querySelectorAll('*')]];
  from.forEach((node, n) => {
    const style = getComputedStyle(node);
    for (const name of PAINTED) to[n].setAttribute(name, plain(style.getPropertyValue(name)));
    for (const name of ['class', 'style', 'tabindex', 'href', 'aria-label', 'aria-hidden', 'role']) to[n].removeAttribute(name);
  });
  copy.querySelectorAll('[data-taken="no"]').forEach((node) => node.remove());
  for (const [name, value] of Object.entries(at)) copy.setAttribute(name, String(value));
  copy.setAttribute('overflow', 'visible');
  return copy;
}

const seen = (colour: string): boolean => colour !== 'transparent' && !/^rgba\(.*,\s*0\)$|\/\s*0\)$/.test(colour);

/** Mixed colours as every viewer knows them. */
function plain(colour: string): string {
  return colour.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)/g, (_, r, g, b, a) => {
    const [red, green, blue] = [r, g, b].map((one) => Math.round(255 * Number(one)));
    return a === undefined ? `rgb(${red},${green},${blue})` : `rgba(${red},${green},${blue},${a})`;
  });
}
