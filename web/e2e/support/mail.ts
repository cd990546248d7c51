import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject, vi } from 'vitest';

/** The last mail to an address that matches, once it was written; without SMTP the write API writes mails to files. */
export async function mailTo(address: string, pattern: RegExp): Promise<string> {
  const folder = inject('mailDirectory');
  return vi.waitFor(
    async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
      const mails = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
      const found = mails.findLast((mail) => mail.includes(address) && pattern.test(mail));
      if (!found) throw new Error(`no mail to ${address} that matches ${pattern.source}`);
      return found;
    },
    { timeout: 20_000, interval: 100 },
  );
}

/** The path with its query of the first link in a mail that leads to `path`. */
export function linkIn(mail: string, path: string): string {
  const found = new RegExp(`https?://[^\\s"<>]*?(${path}\\?[^\\s"<>]+)`).exec(mail);
  if (!found?.[1]) throw new Error(`the mail has no link to ${path}:\n${mail}`);
  return found[1];
}
