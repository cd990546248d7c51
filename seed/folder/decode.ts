import { CourseFolderError } from './error.ts';

const startsWith = (bytes: Uint8Array, mark: number[]): boolean => mark.every((byte, index) => bytes[index] === byte);

function encodingOf(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  return 'utf-8';
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;

/**
 * Text of a file as any editor may have saved it: UTF-8 with or without a byte order mark, UTF-16 with one, any line
 * ends. Answers with `\n` alone; throws CourseFolderError for other encodings and for binary files.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes).replace(/\r\n?/g, '\n');
  const zero = text.indexOf('\0');
  if (zero >= 0) {
    throw new CourseFolderError({ file, line: lineOf(text, zero) }, 'this is not a text file', 'Remove or rename it');
  }
  if (!isWellFormed(bytes, encoding)) {
    const line = lineOf(text, Math.max(0, text.indexOf('\uFFFD')));
    throw new CourseFolderError({ file, line }, 'the text is not UTF-8', 'Save the file with the encoding UTF-8');
  }
  return text;
}

function isWellFormed(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
