/** The page's own font as text within a drawing: those of its files that hold a letter of the drawing. */
export async function fontsOf(text: string): Promise<string> {
  const codes = new Set([...text].map((letter) => letter.codePointAt(0) ?? 0));
  const rules = [...document.styleSheets].flatMap(rulesOf).filter((rule) => rule.style.getPropertyValue('font-family').includes('Inter') && rule.style.getPropertyValue('font-style') !== 'italic');
  const wanted = rules.filter((rule) => within(rule.style.getPropertyValue('unicode-range'), codes));
  const faces = await Promise.all(wanted.map(face));
  return faces.join('');
}

function rulesOf(sheet: CSSStyleSheet): CSSFontFaceRule[] {
  try {
    return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
  } catch {
    return []; // a sheet of another host cannot be read
  }
}

function within(ranges: string, codes: Set<number>): boolean {
  if (!ranges) return true;
  const parts = ranges.split(',').map((one) => one.trim().replace(/^U\+/i, '').split('-').map((end) => parseInt(end, 16)));
  return [...codes].some((code) => parts.some(([low, high = low]) => code >= low && code <= high));
}

async function face(rule: CSSFontFaceRule): Promise<string> {
  const address = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src'))?.[1];
  if (!address) return '';
  const answer = await fetch(new URL(address, rule.parentStyleSheet?.href ?? document.baseURI));
  if (!answer.ok) return '';
  const bytes = new Uint8Array(await answer.arrayBuffer());
  let letters = '';
  for (let at = 0; at < bytes.length; at += 8192) letters += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `@font-face{font-family:'Inter Variable';font-weight:100 900;src:url(data:font/woff2;base64,${btoa(letters)}) format('woff2');}`;
}
