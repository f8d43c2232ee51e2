/** The frames of the wire: one byte that says what it is, the document's name with its length before it, and what it carries. */
export const TO = { open: 0, update: 1, presence: 2, close: 3, ping: 4 } as const;
export const FROM = { state: 0, update: 1, presence: 2, stored: 3, refused: 4, notice: 5, pong: 6, hello: 7 } as const;

export interface Frame { kind: number; name: string; payload: Uint8Array }

const coder = new TextEncoder();
const reader = new TextDecoder();

export function frame(kind: number, name: string, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const words = coder.encode(name);
  const whole = new Uint8Array(2 + words.length + parts.reduce((n, part) => n + part.length, 0));
  whole.set([kind, words.length]);
  whole.set(words, 2);
  let at = 2 + words.length;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}

/** A frame as it came; null for what is none. */
export function read(data: unknown): Frame | null {
  if (!(data instanceof ArrayBuffer) || data.byteLength < 2) return null;
  const bytes = new Uint8Array(data);
  const end = 2 + bytes[1];
  return end > bytes.length ? null : { kind: bytes[0], name: reader.decode(bytes.subarray(2, end)), payload: bytes.subarray(end) };
}

export function number(n: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, n);
  return bytes;
}

export const numberOf = (bytes: Uint8Array): number => (bytes.length < 4 ? -1 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));

export const json = (value: unknown): Uint8Array => coder.encode(JSON.stringify(value));

export function jsonOf(bytes: Uint8Array): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(reader.decode(bytes));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
